using Akimbo.Tensors;

namespace Akimbo.Networks.Tests.Inference;

/// <summary>Whatever the compiler folds, fuses and places in memory, the outputs are those of the definition.</summary>
public sealed class RandomNetworkTests(WorkerPools pools) : IClassFixture<WorkerPools>
{
    private const int NetworksOfATest = 50;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Run_RandomNetworks_AreAsDefined(int part)
    {
        for (int seed = part * NetworksOfATest; seed < (part + 1) * NetworksOfATest; seed++)
        {
            var network = new RandomNetwork(seed);
            Shape one = network.InputShape, two = [2, one[1], one[2], one[3]];
            DefinitionAssert.RunsAsDefined(network, pools, 1e-5, RandomTensors.Uniform(two, seed), RandomTensors.Uniform(one, seed), RandomTensors.Uniform(two, seed + 1));
        }
    }
}
