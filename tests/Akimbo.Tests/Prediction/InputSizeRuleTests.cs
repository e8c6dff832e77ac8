using Akimbo.Prediction;

namespace Akimbo.Tests.Prediction;

public sealed class InputSizeRuleTests
{
    private static readonly InputSizeRule Rule = new(shortSide: 448, multiple: 64);

    [Theory]
    [InlineData(640, 429, 640, 448)]
    [InlineData(429, 640, 448, 640)]
    [InlineData(1, 1, 448, 448)]
    [InlineData(8000, 6000, 576, 448)]
    [InlineData(1, 20000, 64, 3584)]
    [InlineData(20000, 1, 3584, 64)]
    [InlineData(4000, 500, 3584, 448)]
    public void For_Photo_ScalesTheShortSideAndRounds(int width, int height, int expectedWidth, int expectedHeight) =>
        Assert.Equal((expectedWidth, expectedHeight), Rule.For(width, height));

    [Theory]
    [InlineData(640, 480, 512, 384)]
    [InlineData(200, 300, 256, 384)]
    [InlineData(300, 200, 384, 256)]
    [InlineData(2, 2, 32, 32)]
    [InlineData(4000, 10, 3072, 32)]
    public void For_SmallPhotoAndMaxScale_IsEnlargedNoMore(int width, int height, int expectedWidth, int expectedHeight) =>
        Assert.Equal((expectedWidth, expectedHeight), new InputSizeRule(shortSide: 384, multiple: 32, maxScale: 1.25).For(width, height));

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_MaxScaleThatIsNoPositiveNumber_Throws(double maxScale) =>
        Assert.Throws<ArgumentException>(() => new InputSizeRule(shortSide: 384, multiple: 32, maxScale));

    [Theory]
    [InlineData(0, 64)]
    [InlineData(450, 64)]
    [InlineData(448, 0)]
    public void Constructor_SideThatIsNoMultiple_Throws(int shortSide, int multiple) =>
        Assert.Throws<ArgumentException>(() => new InputSizeRule(shortSide, multiple));
}
