namespace Akimbo.Skeletons;

/// <summary>The 17 keypoints of COCO (Lin et al., 2014), with the limbs of its annotation files and the sigmas of its evaluation code.</summary>
public static class Coco17
{
    /// <summary>The skeleton <c>coco17</c>.</summary>
    public static Skeleton Skeleton { get; } = Skeleton.Create(
        name: "coco17",
        keypoints:
        [
            "nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder",
            "left_elbow", "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip",
            "left_knee", "right_knee", "left_ankle", "right_ankle",
        ],
        limbs:
        [
            new(15, 13), new(13, 11), new(16, 14), new(14, 12), new(11, 12), new(5, 11), new(6, 12), new(5, 6),
            new(5, 7), new(6, 8), new(7, 9), new(8, 10), new(1, 2), new(0, 1), new(0, 2), new(1, 3), new(2, 4),
            new(3, 5), new(4, 6),
        ],
        oksSigmas:
        [
            0.026, 0.025, 0.025, 0.035, 0.035, 0.079, 0.079, 0.072, 0.072,
            0.062, 0.062, 0.107, 0.107, 0.087, 0.087, 0.089, 0.089,
        ]);
}
