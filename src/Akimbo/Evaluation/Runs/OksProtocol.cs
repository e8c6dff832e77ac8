namespace Akimbo.Evaluation.Runs;

/// <summary>The rules by which average precision of object keypoint similarity is measured.</summary>
public enum OksProtocol
{
    /// <summary>COCO's ten numbers; see <see cref="CocoKeypointEvaluation"/>.</summary>
    Coco,

    /// <summary>CrowdPose's nine numbers; see <see cref="CrowdPoseEvaluation"/>.</summary>
    CrowdPose,
}
