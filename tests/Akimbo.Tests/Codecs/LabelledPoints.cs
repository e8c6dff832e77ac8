using Akimbo.Geometry;

namespace Akimbo.Tests.Codecs;

/// <summary>Makes keypoints of recorded or random numbers.</summary>
internal static class LabelledPoints
{
    /// <summary>Points of numbers that follow each other in groups of which the first two are x and y.</summary>
    public static LabelledPoint<TPoint>[] Of<TPoint>(double[] values, int groupLength, Func<int, double> visibility)
        where TPoint : struct, IPoint<TPoint> =>
        [.. values.Chunk(groupLength).Select((point, i) => new LabelledPoint<TPoint>(TPoint.At(point[0], point[1]), (float)visibility(i)))];

    /// <summary>Visible points at random in a rectangle of the input.</summary>
    public static LabelledPoint<InputPoint>[] Random(int count, double left, double top, double right, double bottom, int seed = 1)
    {
        var random = new Random(seed);
        var points = new LabelledPoint<InputPoint>[count];
        for (int i = 0; i < count; i++)
            points[i] = new(new InputPoint(left + random.NextDouble() * (right - left), top + random.NextDouble() * (bottom - top)), 1);
        return points;
    }
}
