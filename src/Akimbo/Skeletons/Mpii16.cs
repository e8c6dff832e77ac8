namespace Akimbo.Skeletons;

/// <summary>The 16 keypoints of the MPII Human Pose data set (Andriluka et al., CVPR 2014), in its order.</summary>
public static class Mpii16
{
    /// <summary>The skeleton <c>mpii16</c>; MPII is scored by PCKh, so there are no sigmas.</summary>
    public static Skeleton Skeleton { get; } = Skeleton.Create(
        name: "mpii16",
        keypoints:
        [
            "right_ankle", "right_knee", "right_hip", "left_hip", "left_knee", "left_ankle", "pelvis", "thorax",
            "upper_neck", "head_top", "right_wrist", "right_elbow", "right_shoulder", "left_shoulder", "left_elbow", "left_wrist",
        ],
        limbs:
        [
            new(0, 1), new(1, 2), new(2, 6), new(6, 3), new(3, 4), new(4, 5), new(6, 7), new(7, 8),
            new(8, 9), new(10, 11), new(11, 12), new(12, 7), new(7, 13), new(13, 14), new(14, 15),
        ]);
}
