using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;

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

    [Fact]
    public void Value_OfAFile_IsReadOnceAndKept()
    {
        _parameter.FillFrom(StoredTensor.Create<float>([4, 3, 1, 1], [.. Enumerable.Range(0, 12).Select(i => (float)i)]));

        Assert.True(_parameter.HasValue);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (float)i), _parameter.CopyValues());
        Assert.Equal(_parameter.CopyValues(), _parameter.Value.Span);
        Assert.Same(_parameter.Value, _parameter.Value);
    }

    [Fact]
    public void CopyValues_AfterTheValueWasWrittenTo_AreThoseValues()
    {
        _parameter.FillFrom(StoredTensor.Create<float>([4, 3, 1, 1], new float[12]));
        _parameter.Value.Span[5] = 7;

        Assert.Equal(7, _parameter.CopyValues()[5]);
    }
}
