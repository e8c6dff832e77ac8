using Akimbo.Geometry;

namespace Akimbo.Evaluation;

/// <summary>The lengths of a person by which distances are divided, in pixels.</summary>
public static class PersonLength
{
    private const double HeadShare = 0.6;

    /// <summary>The head size of PCKh: 0.6 of the diagonal of the annotated head box (MPII, <c>SC_BIAS</c>).</summary>
    /// <param name="topLeft">One corner of the box.</param>
    /// <param name="bottomRight">The opposite corner.</param>
    public static double Head(ImagePoint topLeft, ImagePoint bottomRight) => HeadShare * topLeft.DistanceTo(bottomRight);

    /// <summary>
    /// The torso of PCK and PDJ: the distance of two annotated keypoints on opposite sides, the left shoulder and the right hip
    /// (Sapp and Taskar, "MODEC", CVPR 2013).
    /// </summary>
    /// <param name="leftShoulder">Annotated position.</param>
    /// <param name="rightHip">Annotated position.</param>
    public static double Torso(ImagePoint leftShoulder, ImagePoint rightHip) => leftShoulder.DistanceTo(rightHip);

    /// <summary>The longer side of the person's box (Yang and Ramanan, PAMI 2013).</summary>
    public static double Box(Box box) => Math.Max(box.Width, box.Height);
}
