namespace Akimbo.Tensors.Tests;

public class ShapeTests
{
    [Fact]
    public void Create_CollectionExpression_HoldsTheDimensions()
    {
        Shape shape = [1, 3, 256, 192];

        Assert.Equal(4, shape.Rank);
        Assert.Equal(1L * 3 * 256 * 192, shape.ElementCount);
        Assert.Equal((1, 3, 256, 192), (shape[0], shape[1], shape[2], shape[3]));
        Assert.Equal(new[] { 1, 3, 256, 192 }, shape.ToArray());
        Assert.Equal("[1, 3, 256, 192]", shape.ToString());
    }

    [Fact]
    public void Create_Spread_TakesAnotherShapesDimensions()
    {
        Shape inner = [3, 4];
        Shape outer = [2, .. inner];

        Assert.Equal(new Shape(2, 3, 4), outer);
    }

    [Fact]
    public void Default_IsTheScalarShape()
    {
        Shape empty = [];

        Assert.Equal(empty, default);
        Assert.Equal(0, default(Shape).Rank);
        Assert.Equal(1, empty.ElementCount);
        Assert.Equal(1, default(Shape).ElementCount);
        Assert.Equal(1, new Shape().ElementCount);
        Assert.Equal("[]", default(Shape).ToString());
    }

    [Fact]
    public void Equals_SameDimensions_IsTrueWithTheSameHash()
    {
        Shape left = [2, 3], right = new(2, 3);

        Assert.True(left == right);
        Assert.False(left != right);
        Assert.True(left.Equals((object)right));
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.Single(new HashSet<Shape> { left, right });
    }

    [Fact]
    public void Equals_OtherDimensionsOrderOrRank_IsFalse()
    {
        Shape shape = [2, 3];

        foreach (Shape other in new Shape[] { [3, 2], [2, 3, 1], [1, 2, 3], [2], [6], [], [2, 0] })
        {
            Assert.False(shape == other);
            Assert.True(shape != other);
        }

        Assert.False(shape.Equals((object)"[2, 3]"));
    }

    [Fact]
    public void GetHashCode_DifferentShapes_Differs()
    {
        int[] lengths = [1, 2, 3, 4, 5, 6, 7, 8];
        var hashes = from n in lengths from h in lengths from w in lengths select new Shape(n, h, w).GetHashCode();

        Assert.InRange(hashes.Distinct().Count(), 500, 512);
    }

    [Fact]
    public void Constructor_ZeroDimension_HasNoElements()
    {
        Assert.Equal(0, new Shape(0, 3).ElementCount);
        Assert.Equal(0, new Shape(3, 0).ElementCount);
        Assert.Equal(0, new Shape(0, int.MaxValue, int.MaxValue, int.MaxValue).ElementCount);
        Assert.Equal(0, new Shape(int.MaxValue, int.MaxValue, int.MaxValue, 0).ElementCount);
    }

    [Fact]
    public void Constructor_ProductNearTheLimit_IsExact() =>
        Assert.Equal((long)int.MaxValue * int.MaxValue * 2, new Shape(int.MaxValue, int.MaxValue, 2).ElementCount);

    [Fact]
    public void Constructor_ProductBeyondTheLimit_Throws()
    {
        var exception = Assert.Throws<ArgumentException>(() => new Shape(int.MaxValue, int.MaxValue, 3));

        Assert.StartsWith("The shape [2147483647, 2147483647, 3] has more elements", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Shape(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue));
    }

    [Fact]
    public void Constructor_TooManyDimensions_Throws()
    {
        Assert.Equal(8, new Shape(1, 1, 1, 1, 1, 1, 1, 2).Rank);
        var exception = Assert.Throws<ArgumentException>(() => new Shape(1, 1, 1, 1, 1, 1, 1, 1, 1));
        Assert.StartsWith("A shape has at most 8 dimensions, not 9.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_NegativeDimension_Throws()
    {
        var exception = Assert.Throws<ArgumentException>(() => new Shape(2, -3));

        Assert.StartsWith("Dimension 1 of a shape is -3", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Shape(0, -1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Indexer_NoSuchDimension_Throws(int index)
    {
        Shape shape = [2, 3];

        Assert.Throws<ArgumentOutOfRangeException>(() => shape[index]);
    }
}
