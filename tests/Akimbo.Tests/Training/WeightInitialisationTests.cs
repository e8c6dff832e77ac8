using Akimbo.Models.StackedHourglass;
using Akimbo.Networks;
using Akimbo.Training;
using Akimbo.Training.Recipes;

namespace Akimbo.Tests.Training;

public sealed class WeightInitialisationTests
{
    [Fact]
    public void Initialise_AsPyTorch_HasItsBoundsAndDependsOnTheSeedAlone()
    {
        Network network = Make(Initialisation.PyTorch, seed: 1), again = Make(Initialisation.PyTorch, seed: 1), other = Make(Initialisation.PyTorch, seed: 2);
        foreach (var (parameter, same) in network.Parameters.Zip(again.Parameters)) Assert.True(parameter.Value.Span.SequenceEqual(same.Value.Span), parameter.Name);

        Parameter stem = network.Parameters.First(parameter => parameter.Name == "pre.0.conv.weight");
        float bound = 1 / MathF.Sqrt(3 * 7 * 7);
        Assert.InRange(stem.Value.Span.ToArray().Max(), 0.95f * bound, bound);
        Assert.InRange(stem.Value.Span.ToArray().Min(), -bound, -0.95f * bound);
        Assert.False(stem.Value.Span.SequenceEqual(other.Parameters.First(parameter => parameter.Name == stem.Name).Value.Span));
        Assert.Contains(network.Parameters.First(parameter => parameter.Name == "pre.0.conv.bias").Value.Span.ToArray(), value => value != 0 && Math.Abs(value) <= bound);
        Assert.All(network.Parameters.Where(parameter => parameter.Name.EndsWith("running_var", StringComparison.Ordinal)), parameter => Assert.All(parameter.Value.Span.ToArray(), value => Assert.Equal(1, value)));
        Assert.All(network.Parameters.Where(parameter => parameter.Name.EndsWith("running_mean", StringComparison.Ordinal)), parameter => Assert.All(parameter.Value.Span.ToArray(), value => Assert.Equal(0, value)));
    }

    [Fact]
    public void Initialise_SmallNormal_HasNoBiasesAndADeviationOfAThousandth()
    {
        Network network = Make(Initialisation.SmallNormal, seed: 1);
        float[] stem = network.Parameters.First(parameter => parameter.Name == "pre.0.conv.weight").Value.Span.ToArray();
        Assert.Equal(0.001, Math.Sqrt(stem.Average(value => (double)value * value)), 0.00003);
        Assert.All(network.Parameters.First(parameter => parameter.Name == "pre.0.conv.bias").Value.Span.ToArray(), value => Assert.Equal(0, value));
        Assert.All(network.Parameters.First(parameter => parameter.Name == "pre.0.bn.weight").Value.Span.ToArray(), value => Assert.Equal(1, value));
    }

    private static Network Make(Initialisation rule, ulong seed)
    {
        Network network = new StackedHourglassOptions { Stacks = 1, Keypoints = 5, Channels = 16 }.CreateNetwork();
        network.Initialise(rule, seed);
        return network;
    }
}
