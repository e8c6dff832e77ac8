using Akimbo.Geometry;

namespace Akimbo.Tests.Geometry;

public sealed class BoxTests
{
    [Theory]
    [InlineData(0, 0, 10, 10, 1)]
    [InlineData(5, 0, 10, 10, 1 / 3.0)]
    [InlineData(2, 2, 5, 4, 0.2)]
    [InlineData(10, 0, 10, 10, 0)]
    [InlineData(30, 30, 1, 1, 0)]
    [InlineData(5, 5, 0, 0, 0)]
    public void IntersectionOverUnion_WithASquareOfTen_IsTheSharedPart(double x, double y, double width, double height, double expected)
    {
        var square = new Box(0, 0, 10, 10);
        var other = new Box(x, y, width, height);

        Assert.Equal(expected, square.IntersectionOverUnion(other), 1e-12);
        Assert.Equal(expected, other.IntersectionOverUnion(square), 1e-12);
    }
}
