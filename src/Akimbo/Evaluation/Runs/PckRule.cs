using Akimbo.Datasets;
using Akimbo.Geometry;
using Akimbo.Skeletons;

namespace Akimbo.Evaluation.Runs;

/// <summary>How a data set's people are measured by the percentage of correct keypoints.</summary>
/// <param name="Protocol">What is counted.</param>
/// <param name="LengthOf">The length of a person, by which distances are divided; null for somebody without.</param>
/// <param name="LengthName">What people need for it.</param>
internal sealed record PckRule(PckProtocol Protocol, Func<AnnotatedPerson, double?> LengthOf, string LengthName)
{
    private const double HeadThreshold = 0.5;
    private const double TorsoThreshold = 0.2;
    private const string Shoulder = "left_shoulder";
    private const string Hip = "right_hip";

    /// <summary>The rule of a protocol for the keypoints of a data set that are scored.</summary>
    /// <exception cref="ArgumentException">The protocol is none of PCK, or needs other keypoints.</exception>
    public static PckRule For(ScoreProtocol protocol, Skeleton annotated, SharedKeypoints shared)
    {
        bool isMpii = shared.AreAll && annotated.Name == Mpii16.Skeleton.Name;
        return protocol switch
        {
            ScoreProtocol.Pckh => Head(isMpii ? PckProtocol.Mpii : PckProtocol.For(shared.Skeleton, HeadThreshold, "head size")),
            ScoreProtocol.PckhHighResolution or ScoreProtocol.PckhPrinceton when !isMpii =>
                throw new ArgumentException($"The protocol {protocol} is that of MPII's 16 keypoints; those of {shared.Skeleton} are scored here.", nameof(protocol)),
            ScoreProtocol.PckhHighResolution => Head(PckProtocol.HighResolution),
            ScoreProtocol.PckhPrinceton => Head(PckProtocol.Princeton),
            ScoreProtocol.Pck when annotated.Keypoints.Contains(Shoulder) && annotated.Keypoints.Contains(Hip) => new PckRule(
                shared.AreAll && annotated.Name == Lsp14.Skeleton.Name ? PckProtocol.Lsp() : PckProtocol.For(shared.Skeleton, TorsoThreshold, "torso"),
                TorsoOf(annotated.IndexOf(Shoulder), annotated.IndexOf(Hip)),
                "labelled left shoulder and right hip"),
            ScoreProtocol.Pck => new PckRule(PckProtocol.For(shared.Skeleton, TorsoThreshold, "box"), person => PersonLength.Box(PersonBoxes.BoxOf(person)), "box"),
            _ => throw new ArgumentException($"The protocol {protocol} does not count correct keypoints.", nameof(protocol)),
        };
    }

    /// <summary>The head size of PCKh; null for somebody without.</summary>
    public static double? HeadOf(AnnotatedPerson person) => person.HeadSize
        ?? (person.HeadBox is { } head ? PersonLength.Head(new ImagePoint(head.X, head.Y), new ImagePoint(head.Right, head.Bottom)) : null);

    private static PckRule Head(PckProtocol protocol) => new(protocol, HeadOf, "head box");

    private static Func<AnnotatedPerson, double?> TorsoOf(int shoulder, int hip) => person =>
        person.Keypoints[shoulder].IsLabelled && person.Keypoints[hip].IsLabelled
            ? PersonLength.Torso(person.Keypoints[shoulder].Position, person.Keypoints[hip].Position)
            : null;
}
