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
    [InlineData(0, 64)]
    [InlineData(450, 64)]
    [InlineData(448, 0)]
    public void Constructor_SideThatIsNoMultiple_Throws(int shortSide, int multiple) =>
        Assert.Throws<ArgumentException>(() => new InputSizeRule(shortSide, multiple));
}
