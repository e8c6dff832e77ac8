using Akimbo.Imaging;
using Akimbo.Skeletons;

namespace Akimbo.Rendering;

/// <summary>The colours of keypoints and limbs: one for each side of the body, a third for its axis and the face.</summary>
internal static class PoseColors
{
    private static readonly Color Left = new(0, 255, 0);
    private static readonly Color Right = new(255, 128, 0);
    private static readonly Color Centre = new(51, 153, 255);

    /// <summary>The colour of a keypoint.</summary>
    public static Color OfKeypoint(Skeleton skeleton, int index) => Of(SideOf(skeleton, index));

    /// <summary>The colour of a limb: that of the side it is on, even when it begins on the axis.</summary>
    public static Color OfLimb(Skeleton skeleton, Limb limb)
    {
        var (from, to) = (SideOf(skeleton, limb.From), SideOf(skeleton, limb.To));
        if (from == BodySide.Centre) return Of(to);
        return to == BodySide.Centre || to == from ? Of(from) : Centre;
    }

    private static Color Of(BodySide side) => side switch
    {
        BodySide.Left => Left,
        BodySide.Right => Right,
        _ => Centre,
    };

    private static BodySide SideOf(Skeleton skeleton, int index)
    {
        string name = skeleton.Keypoints[index];
        bool isFace = name.EndsWith("eye", StringComparison.Ordinal) || name.EndsWith("ear", StringComparison.Ordinal);
        return isFace ? BodySide.Centre : skeleton.Sides[index];
    }
}
