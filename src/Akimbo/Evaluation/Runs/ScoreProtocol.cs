namespace Akimbo.Evaluation.Runs;

/// <summary>The rules by which the predictions of a data set are scored.</summary>
public enum ScoreProtocol
{
    /// <summary>COCO's ten numbers of object keypoint similarity; see <see cref="CocoKeypointEvaluation"/>.</summary>
    Coco,

    /// <summary>CrowdPose's nine numbers; see <see cref="CrowdPoseEvaluation"/>.</summary>
    CrowdPose,

    /// <summary>PCKh@0.5 by MPII's official rule; see <see cref="PckProtocol.Mpii"/>.</summary>
    Pckh,

    /// <summary>PCKh@0.5 as HRNet reports it; see <see cref="PckProtocol.HighResolution"/>.</summary>
    PckhHighResolution,

    /// <summary>PCKh@0.5 as princeton's hourglass reports it; see <see cref="PckProtocol.Princeton"/>.</summary>
    PckhPrinceton,

    /// <summary>PCK@0.2 of the torso, or of the box where the skeleton has no torso; see <see cref="PckProtocol.Lsp"/>.</summary>
    Pck,
}
