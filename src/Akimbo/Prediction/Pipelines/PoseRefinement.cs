using Akimbo.Codecs;
using Akimbo.Evaluation;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Networks.Inference;
using Akimbo.Tensors;

namespace Akimbo.Prediction.Pipelines;

/// <summary>
/// Looks at each person again with the top-down network that comes with the library: once at the box of the keypoints found, then,
/// turned to either side, at the box that this look gives. The last two are averaged. Its numbers were chosen as
/// docs/models/lite-pose-refiner-lspet.md says.
/// </summary>
internal sealed class PoseRefinement
{
    private const float Trust = 0.15f;

    // What the first network did not find at all is mostly out of the photo: this one, which has seen whole people, guesses.
    private const float LeastScoreOfFound = 0.6f;

    // A person of a fifth of this still fills the network's input.
    private const int LeastShortSide = 1024;

    // Where there is nobody, every look sees somebody else.
    private const double LeastAgreement = 0.65;
    private const double LeastMeanScore = 0.55;
    private const float ScoreOfMissed = 0.5f;
    private const double ShareThatStandsOut = 0.1;
    private const double SamePerson = 0.5;
    private const int LooksForMissed = 2;

    private static readonly double[] Turns = [12, -12];
    private static readonly double[] Smoothing = BlurredHeatmap.Kernel(7);
    private readonly TopDownPipeline _pipeline;
    private readonly Oks _oks;

    private PoseRefinement(TopDownPipeline pipeline, Oks oks)
    {
        _pipeline = pipeline;
        _oks = oks;
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
        return new PoseRefinement(new TopDownPipeline(refiner, task, compiled, flipTest, suppression: default), new Oks(OksSigmas.Of(refiner.Skeleton).Values));
    }

    /// <summary>Decodes a file, as large as crops need it.</summary>
    public static DecodedPhoto Decode(ReadOnlySpan<byte> encoded, string name)
    {
        var info = Image.Identify(encoded, name);
        return new DecodedPhoto(Image.Decode(encoded, name, new ImageDecodeOptions { MinShortSide = LeastShortSide }), info.Width, info.Height);
    }

    /// <summary>Looks at people again, and for one whom the first network missed.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="people">Those found, best first, in its pixels.</param>
    /// <param name="clock">Told of every stage.</param>
    /// <returns>
    /// All of them, and perhaps one more, best first. Each keypoint is where the closer looks see it, unless the first network was much surer.
    /// </returns>
    public IReadOnlyList<Person> Refine(DecodedPhoto photo, IReadOnlyList<Person> people, StageClock clock)
    {
        List<Box> boxes = [.. people.Select(person => photo.ToDecoded(person.Box))];
        if (BoxOfMissed(photo, boxes, clock) is { } missed) boxes.Add(missed);
        List<Person> closer = Look(photo, boxes, clock);
        List<Person> closest = LookTurned(photo, [.. boxes.Zip(closer, (first, person) => BoxOf(person) is { Area: > 0 } box ? box : first)], clock);

        List<Person> refined = [.. people.Zip(closest.Select(photo.ToPhoto), Merge)];
        if (boxes.Count > people.Count && Agreed(closer[^1], closest[^1]) is { } added)
        {
            added = photo.ToPhoto(added);
            if (!refined.Exists(other => other.Box.IntersectionOverUnion(added.Box) > SamePerson)) refined.Insert(refined.Count(person => person.Score >= added.Score), added);
        }

        return refined;
    }

    /// <summary>
    /// The person who stands out in the whole photo, looked at twice, the second time closer, if that is nobody known. Somebody known
    /// who takes up enough of the photo is that person.
    /// </summary>
    private Box? BoxOfMissed(DecodedPhoto photo, List<Box> known, StageClock clock)
    {
        var box = new Box(0, 0, photo.Image.Width, photo.Image.Height);
        if (known.Exists(person => person.Area > ShareThatStandsOut * box.Area)) return null;
        for (int look = 0; look < LooksForMissed; look++)
        {
            box = BoxOf(Look(photo, [box], clock)[0]);
            if (!(box.Area > 0) || known.Exists(other => other.IntersectionOverUnion(box) > SamePerson)) return null;
        }

        return box;
    }

    private List<Person> Look(DecodedPhoto photo, IReadOnlyList<Box> boxes, StageClock clock) =>
        _pipeline.See(photo, [.. boxes.Select(box => (new PersonBox(box), 0.0))], clock).ConvertAll(seen => Found(_pipeline.Read(seen)));

    private List<Person> LookTurned(DecodedPhoto photo, IReadOnlyList<Box> boxes, StageClock clock)
    {
        var views = _pipeline.See(photo, [.. boxes.SelectMany(box => Turns.Select(degrees => (new PersonBox(box), degrees)))], clock);
        return [.. views.Chunk(Turns.Length).Select(Read)];
    }

    private Person Read(SeenPerson[] views)
    {
        var (smoothed, maxima) = SeenPerson.Average(views).Smooth(Smoothing);
        Person person = _pipeline.Read(smoothed);
        return new Person([.. person.Keypoints.Zip(maxima, (keypoint, score) => keypoint with { Score = score })], person.Score);
    }

    /// <summary>With the box of the keypoints in place of that which was looked at.</summary>
    private static Person Found(Person person) => new(person.Keypoints, person.Score);

    private static Box BoxOf(Person person) => new Person([.. person.Keypoints.Select(keypoint => keypoint.Score > TopDownPipeline.SureKeypoint ? keypoint : keypoint with { Score = 0 })], person.Score).Box;

    private static Person Merge(Person first, Person closer) =>
        new([.. first.Keypoints.Zip(closer.Keypoints, Merge)], first.Score);

    private static Keypoint Merge(Keypoint far, Keypoint near) => near.Score > (far.IsFound ? far.Score - Trust : LeastScoreOfFound) ? near : far;

    /// <summary>Somebody whom two looks see alike.</summary>
    private Person? Agreed(Person closer, Person closest)
    {
        double agreement = _oks.Similarity(DetectedPerson.Of(imageId: 0, closer), DetectedPerson.Of(imageId: 0, closest));
        float mean = closest.Keypoints.Average(keypoint => keypoint.Score);
        return agreement > LeastAgreement && mean > LeastMeanScore ? new Person(closest.Keypoints, ScoreOfMissed * (float)agreement * mean) : null;
    }
}
