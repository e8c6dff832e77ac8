using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Networks.Inference;
using Akimbo.Tensors;

namespace Akimbo.Prediction.Pipelines;

/// <summary>
/// A second look at each person, and a third at the box that the second gives, by the top-down network that comes with the library.
/// </summary>
internal sealed class PoseRefinement
{
    // Chosen on LSPET 7,801 to 8,000 and the training photos of COCO, as docs/models/lite-pose-refiner-lspet.md says.
    private const float Trust = 0.15f;

    // What the first look did not find at all is mostly out of the photo: the network, which has seen whole people, guesses.
    private const float LeastScoreOfFound = 0.6f;

    // A person of a fifth of this still fills the network's input.
    private const int LeastShortSide = 1024;
    private readonly TopDownPipeline _pipeline;

    private PoseRefinement(TopDownPipeline pipeline)
    {
        _pipeline = pipeline;
    }

    /// <summary>Prepares the network.</summary>
    /// <param name="model">The model whose people are looked at again.</param>
    /// <param name="pool">The threads that run it.</param>
    /// <param name="flipTest">Whether it sees each person mirrored too.</param>
    /// <exception cref="ArgumentException">The model has other keypoints, or looks at one person at a time itself.</exception>
    public static PoseRefinement Of(PoseModel model, WorkerPool pool, bool flipTest)
    {
        if (model.Task is TopDownTask) throw new ArgumentException($"The model {model.Name} looks at one person at a time already; there is nothing to refine.");
        var (refiner, network) = BuiltInModels.LoadRefiner();
        if (!model.Skeleton.Keypoints.SequenceEqual(refiner.Skeleton.Keypoints))
            throw new ArgumentException($"The model {model.Name} finds the keypoints of {model.Skeleton}; those of {refiner.Skeleton} can be refined.");
        var task = (TopDownTask)refiner.Task;
        var compiled = new CompiledNetwork(network, pool);
        if (pool.ThreadCount > 1) KernelPreparation.PackAhead(compiled, [1, Image.Channels, task.InputHeight, task.InputWidth]);
        return new PoseRefinement(new TopDownPipeline(refiner, task, compiled, flipTest, suppression: default));
    }

    /// <summary>Decodes a file, as large as crops need it.</summary>
    public static DecodedPhoto Decode(ReadOnlySpan<byte> encoded, string name)
    {
        var info = Image.Identify(encoded, name);
        return new DecodedPhoto(Image.Decode(encoded, name, new ImageDecodeOptions { MinShortSide = LeastShortSide }), info.Width, info.Height);
    }

    /// <summary>Looks at people again.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="people">Those found, in its pixels.</param>
    /// <param name="clock">Told of every stage.</param>
    /// <returns>As many, in the same order; each keypoint is where the closer look sees it, unless the first was much surer.</returns>
    public IReadOnlyList<Person> Refine(DecodedPhoto photo, IReadOnlyList<Person> people, StageClock clock)
    {
        List<Person> second = Look(photo, people.Select(person => person.Box), clock);
        List<Person> third = Look(photo, people.Zip(second, (first, closer) => BoxOf(closer) is { Area: > 0 } box ? box : first.Box), clock);
        return [.. people.Zip(third, Merge)];
    }

    /// <summary>Boxes and people are in pixels of the photo, which may have been decoded smaller.</summary>
    private List<Person> Look(DecodedPhoto photo, IEnumerable<Box> boxes, StageClock clock)
    {
        double x = (double)photo.Width / photo.Image.Width, y = (double)photo.Height / photo.Image.Height;
        List<Person> people = _pipeline.Look(photo, [.. boxes.Select(box => new PersonBox(new Box(box.X / x, box.Y / y, box.Width / x, box.Height / y)))], clock, kept: null);
        return people.ConvertAll(person => new Person(
            [.. person.Keypoints.Select(keypoint => keypoint with { Position = new ImagePoint(keypoint.Position.X * x, keypoint.Position.Y * y) })], person.Score));
    }

    private static Box BoxOf(Person person) => new Person([.. person.Keypoints.Select(keypoint => keypoint.Score > TopDownPipeline.SureKeypoint ? keypoint : keypoint with { Score = 0 })], person.Score).Box;

    private static Person Merge(Person first, Person closer) =>
        new([.. first.Keypoints.Zip(closer.Keypoints, Merge)], first.Score);

    private static Keypoint Merge(Keypoint far, Keypoint near) => near.Score > (far.IsFound ? far.Score - Trust : LeastScoreOfFound) ? near : far;
}
