namespace Akimbo.Skeletons;

/// <summary>The 14 keypoints of CrowdPose (Li et al., "CrowdPose", CVPR 2019), with the sigmas of its evaluation code.</summary>
public static class CrowdPose14
{
    /// <summary>The skeleton <c>crowdpose14</c>.</summary>
    public static Skeleton Skeleton { get; } = Skeleton.Create(
        name: "crowdpose14",
        keypoints:
        [
            "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
            "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle", "head", "neck",
        ],
        limbs:
        [
            new(12, 13), new(13, 0), new(13, 1), new(0, 1), new(0, 2), new(2, 4), new(1, 3), new(3, 5),
            new(0, 6), new(1, 7), new(6, 7), new(6, 8), new(8, 10), new(7, 9), new(9, 11),
        ],
        oksSigmas: [0.079, 0.079, 0.072, 0.072, 0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089, 0.079, 0.079]);
}
