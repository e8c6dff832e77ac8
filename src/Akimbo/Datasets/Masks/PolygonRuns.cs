namespace Akimbo.Datasets.Masks;

/// <summary>
/// The pixels inside a polygon as the COCO API finds them (<c>common/maskApi.c</c>, <c>rleFrPoly</c>): the boundary is walked
/// in fifths of a pixel; where it passes the middle between two columns, the mask begins or ends in that column.
/// </summary>
internal static class PolygonRuns
{
    private const int FifthsOfPixel = 5;
    private const int MaxSteps = 1 << 26;
    private const double MaxCoordinate = 1e7;

    /// <summary>The lengths of the runs down the columns, outside and inside in turn.</summary>
    /// <exception cref="ArgumentException">The polygon is none, or its boundary is too long to be walked.</exception>
    public static List<long> Of(int width, int height, ReadOnlySpan<double> polygon)
    {
        var changes = new List<int>();
        AddCrossings(width, height, Corners(polygon), changes);
        changes.Add(width * height);
        changes.Sort();
        return RunsBetween(changes);
    }

    private static (int X, int Y)[] Corners(ReadOnlySpan<double> polygon)
    {
        if (polygon.Length < 6 || polygon.Length % 2 != 0)
            throw new ArgumentException($"A polygon has {polygon.Length} numbers; x and y of at least three corners are expected.", nameof(polygon));

        int count = polygon.Length / 2;
        var corners = new (int X, int Y)[count + 1];
        for (int i = 0; i < count; i++) corners[i] = (ToFifths(polygon[2 * i]), ToFifths(polygon[2 * i + 1]));
        corners[count] = corners[0];

        long steps = 0;
        for (int i = 0; i < count; i++)
            steps += Math.Max(Math.Abs(corners[i].X - corners[i + 1].X), Math.Abs(corners[i].Y - corners[i + 1].Y)) + 1;
        return steps <= MaxSteps
            ? corners
            : throw new ArgumentException($"The boundary of a polygon is {steps / FifthsOfPixel} pixels long; at most {MaxSteps / FifthsOfPixel} are followed.", nameof(polygon));
    }

    private static int ToFifths(double coordinate) => Math.Abs(coordinate) <= MaxCoordinate
        ? (int)(FifthsOfPixel * coordinate + 0.5)
        : throw new ArgumentException($"A polygon has the coordinate {coordinate}; −1e7 to 1e7 are expected.");

    private static void AddCrossings(int width, int height, (int X, int Y)[] corners, List<int> changes)
    {
        for (int i = 0; i + 1 < corners.Length; i++)
        {
            var (from, to) = (corners[i], corners[i + 1]);
            int dx = Math.Abs(to.X - from.X), dy = Math.Abs(to.Y - from.Y);
            bool isFlat = dx >= dy;

            // Each edge is rounded the same in both directions, so that polygons that share it do not overlap.
            bool isReversed = isFlat ? from.X > to.X : from.Y > to.Y;
            if (isReversed) (from, to) = (to, from);
            int length = isFlat ? dx : dy;
            double slope = length == 0 ? 0 : isFlat ? (double)(to.Y - from.Y) / dx : (double)(to.X - from.X) / dy;

            var previous = At(isReversed ? length : 0);
            for (int step = 1; step <= length; step++)
            {
                var point = At(isReversed ? length - step : step);
                if (point.X != previous.X) AddCrossing(width, height, previous, point, changes);
                previous = point;
            }

            (int X, int Y) At(int t) => isFlat
                ? (from.X + t, (int)(from.Y + slope * t + 0.5))
                : ((int)(from.X + slope * t + 0.5), from.Y + t);
        }
    }

    private static void AddCrossing(int width, int height, (int X, int Y) previous, (int X, int Y) point, List<int> changes)
    {
        double x = ToPixels(point.X < previous.X ? point.X : point.X - 1);
        if (Math.Floor(x) != x || x < 0 || x > width - 1) return;
        double y = Math.Ceiling(Math.Clamp(ToPixels(Math.Min(previous.Y, point.Y)), 0, height));
        changes.Add((int)x * height + (int)y);
    }

    private static double ToPixels(int fifths) => (fifths + 0.5) / FifthsOfPixel - 0.5;

    // Two changes at one place are none, so that the runs beside them are one.
    private static List<long> RunsBetween(List<int> changes)
    {
        var runs = new List<long> { changes[0] };
        for (int i = 1; i < changes.Count; i++)
        {
            long length = changes[i] - changes[i - 1];
            if (length > 0) runs.Add(length);
            else if (++i < changes.Count) runs[^1] += changes[i] - changes[i - 1];
        }

        return runs;
    }
}
