using Akimbo.Tensors;
using Akimbo.Training.Losses;

namespace Akimbo.Tests.Training.Losses;

public sealed class FeatureLossTests
{
    private static readonly Shape Map = [1, 2, 1, 2];
    private static readonly Tensor Wanted = Of(1, 3, 10, 10);

    [Fact]
    public void Add_TwoMaps_IsTheMeanOfMeanSquares()
    {
        Tensor[] gradients = [new(Map), new(Map)];
        double loss = FeatureLoss.Add([Of(1, 3, 10, 10), Of(2, 3, 7, 10)], [Wanted, Wanted], weight: 4, gradients);
        Assert.Equal(4 * (1 + 9) / 4.0 / 2, loss, 1e-6);
        Assert.All(gradients[0].Span.ToArray(), gradient => Assert.Equal(0, gradient));
        Assert.Equal([1, 0, -3, 0], gradients[1].Span.ToArray());
    }

    [Fact]
    public void Add_AnotherNumberOfMaps_IsRefused() =>
        Assert.Contains("1 maps and 2", Assert.Throws<ArgumentException>(() => FeatureLoss.Add([Wanted], [Wanted, Wanted], 1, [new(Map)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Add_MapsOfAnotherSize_IsRefused()
    {
        Tensor map = new([1, 2, 2, 2]);
        Assert.Contains("[1, 2, 1, 2]", Assert.Throws<ArgumentException>(() => FeatureLoss.Add([map], [Wanted], 1, [new(map.Shape)])).Message, StringComparison.Ordinal);
    }

    private static Tensor Of(params float[] values) => new(Map, values);
}
