using Akimbo.Tensors;

namespace Akimbo.Networks.Tests;

public sealed class ParameterTests
{
    private readonly Parameter _parameter = (new ParameterScope() / "conv").Parameter("weight", [4, 3, 1, 1]);

    [Fact]
    public void Value_BeforeItIsSet_SaysThatWeightsAreMissing()
    {
        Assert.False(_parameter.HasValue);
        var error = Assert.Throws<InvalidOperationException>(() => _parameter.Value);

        Assert.Equal("conv.weight has no value yet; load weights first.", error.Message);
    }

    [Fact]
    public void Value_OfAnotherShape_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => _parameter.Value = new Tensor([3, 4, 1, 1]));

        Assert.StartsWith("conv.weight has shape [4, 3, 1, 1]; the value has [3, 4, 1, 1].", error.Message, StringComparison.Ordinal);
        Assert.False(_parameter.HasValue);
    }

    [Fact]
    public void Value_OfItsShape_IsKept()
    {
        var value = new Tensor([4, 3, 1, 1]);
        _parameter.Value = value;

        Assert.True(_parameter.HasValue);
        Assert.Same(value, _parameter.Value);
    }
}
