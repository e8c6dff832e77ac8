namespace Akimbo.Tensors.Tests;

public class TensorTests
{
    [Fact]
    public void Constructor_Shape_GivesZeros()
    {
        var tensor = new Tensor([2, 3]);

        Assert.Equal(new float[6], tensor.Span);
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal("Tensor [2, 3]", tensor.ToString());
    }

    [Fact]
    public void Constructor_ScalarAndEmpty_HaveOneAndNoElements()
    {
        Assert.Equal(1, new Tensor([]).Span.Length);
        Assert.Equal(1, new Tensor(default).Span.Length);
        Assert.Equal(0, new Tensor([3, 0]).Span.Length);
    }

    [Fact]
    public void Constructor_Memory_IsShared()
    {
        float[] memory = [1, 2, 3, 4, 5, 6];
        var tensor = new Tensor([2, 2], memory.AsMemory(1, 4));
        memory[1] = 9;
        tensor.Span[3] = 8;

        Assert.Equal([9, 3, 4, 8], tensor.Span);
        Assert.Equal([1, 9, 3, 4, 8, 6], memory);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    public void Constructor_MemoryOfAnotherLength_Throws(int length)
    {
        var exception = Assert.Throws<ArgumentException>(() => new Tensor([2, 3], new float[length]));

        Assert.StartsWith($"A tensor of shape [2, 3] has 6 elements; the memory holds {length}.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_MoreThanAnArrayHolds_ThrowsBeforeAllocating()
    {
        var exception = Assert.Throws<ArgumentException>(() => new Tensor([2, 1 << 30]));

        Assert.StartsWith("A tensor of shape [2, 1073741824] would have 2147483648 elements", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Tensor([int.MaxValue, int.MaxValue, 2]));
    }

    [Fact]
    public void Reshape_SameCount_SharesTheMemory()
    {
        var tensor = new Tensor([2, 3]);
        var reshaped = tensor.Reshape([3, 1, 2]);
        reshaped.Span[5] = 7;

        Assert.Equal([3, 1, 2], reshaped.Shape);
        Assert.Equal(7, tensor.Span[5]);
    }

    [Fact]
    public void Reshape_OtherCount_Throws() => Assert.Throws<ArgumentException>(() => new Tensor([2, 3]).Reshape([2, 2]));
}
