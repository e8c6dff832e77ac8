namespace Akimbo.Skeletons;

/// <summary>
/// The 14 keypoints of Leeds Sports Pose and its extension (Johnson and Everingham, BMVC 2010 and CVPR 2011), in the order of
/// their <c>joints.mat</c>.
/// </summary>
public static class Lsp14
{
    /// <summary>The skeleton <c>lsp14</c>; LSP is scored by PCK and PCP, so there are no sigmas.</summary>
    public static Skeleton Skeleton { get; } = Skeleton.Create(
        name: "lsp14",
        keypoints:
        [
            "right_ankle", "right_knee", "right_hip", "left_hip", "left_knee", "left_ankle",
            "right_wrist", "right_elbow", "right_shoulder", "left_shoulder", "left_elbow", "left_wrist", "neck", "head_top",
        ],
        limbs:
        [
            new(0, 1), new(1, 2), new(2, 3), new(3, 4), new(4, 5), new(6, 7), new(7, 8), new(9, 10), new(10, 11),
            new(8, 12), new(9, 12), new(12, 13), new(8, 2), new(9, 3),
        ]);
}
