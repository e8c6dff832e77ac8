using Akimbo.Models;
using Akimbo.Networks.Inference;
using Akimbo.Tensors;

namespace Akimbo.Prediction.Pipelines;

/// <summary>A second look at each person, by the top-down network that comes with the library.</summary>
internal sealed class PoseRefinement
{
    // Whose body is mostly out of the photo is not looked at again: the network has seen whole people only.
    private const double LeastShareSeen = 0.5;
    private readonly TopDownPipeline _pipeline;
    private readonly double _threshold;

    private PoseRefinement(TopDownPipeline pipeline, double threshold)
    {
        _pipeline = pipeline;
        _threshold = threshold;
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
        var grouping = model.Task is BottomUpTask task ? task.Grouping : ((SquareBottomUpTask)model.Task).Grouping;
        return new PoseRefinement(new TopDownPipeline(refiner, (TopDownTask)refiner.Task, new CompiledNetwork(network, pool), flipTest, suppression: default), grouping.DetectionThreshold);
    }

    /// <summary>Decodes a file, as large as crops need it.</summary>
    public DecodedPhoto Decode(ReadOnlySpan<byte> encoded, string name) => _pipeline.Decode(encoded, name);

    /// <summary>Looks at people again.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="people">Those found, in its pixels.</param>
    /// <param name="clock">Told of every stage.</param>
    /// <returns>As many, in the same order; keypoints that the first look did not see, and of which the second is surer, are where the second sees them.</returns>
    public IReadOnlyList<Person> Refine(DecodedPhoto photo, IReadOnlyList<Person> people, StageClock clock) => [.. people.Select(person => Refine(photo, person, clock))];

    private Person Refine(DecodedPhoto photo, Person person, StageClock clock)
    {
        if (person.Keypoints.Count(IsSeen) < LeastShareSeen * person.Keypoints.Count) return person;
        Person seen = _pipeline.Estimate(photo, [new PersonBox(person.Box)], clock, kept: null)[0];
        Keypoint[] keypoints = [.. person.Keypoints.Zip(seen.Keypoints, (first, second) => !IsSeen(first) && second.Score > first.Score ? second : first)];
        return new Person(keypoints, person.Score);
    }

    private bool IsSeen(Keypoint keypoint) => keypoint.Score > _threshold;
}
