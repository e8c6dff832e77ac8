namespace Akimbo.Imaging.Tests;

public class AffineTransformTests
{
    private static readonly AffineTransform Skewed = new(1.5, -0.25, 7, 0.5, 2, -3);

    [Fact]
    public void Apply_Point_MultipliesAndShifts() => Assert.Equal((1.5 * 4 - 0.25 * 8 + 7, 0.5 * 4 + 2 * 8 - 3), Skewed.Apply(4, 8));

    [Fact]
    public void Invert_AfterTheMap_GivesThePointBack()
    {
        (double x, double y) = Skewed.Apply(-12.5, 41);
        (x, y) = Skewed.Invert().Apply(x, y);
        Assert.Equal(-12.5, x, 1e-12);
        Assert.Equal(41, y, 1e-12);
    }

    [Fact]
    public void Compose_TwoMaps_DoesTheFirstFirst()
    {
        var doubled = new AffineTransform(2, 0, 0, 0, 2, 0);
        var shifted = new AffineTransform(1, 0, 10, 0, 1, 20);
        Assert.Equal((12, 22), AffineTransform.Compose(first: doubled, second: shifted).Apply(1, 1));
        Assert.Equal((22, 42), AffineTransform.Compose(first: shifted, second: doubled).Apply(1, 1));
        Assert.Equal(Skewed, AffineTransform.Compose(AffineTransform.Identity, Skewed));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    public void Invert_Singular_Throws(double m11, double m22) =>
        Assert.Throws<InvalidOperationException>(() => new AffineTransform(m11, 0, 1, 0, m22, 1).Invert());
}
