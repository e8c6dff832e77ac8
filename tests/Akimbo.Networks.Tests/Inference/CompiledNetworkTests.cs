using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;

namespace Akimbo.Networks.Tests.Inference;

public sealed class CompiledNetworkTests(WorkerPools pools) : IClassFixture<WorkerPools>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Run_ConvolutionOfFewChannelsInsideTheNetwork_IsAsDefined(int channels)
    {
        var network = TestNetwork.Of(scope =>
        {
            var first = new Conv2d(scope / "first", channels, channels, kernelSize: 3, padding: 1);
            var second = new Conv2d(scope / "second", channels, 5, kernelSize: 3, stride: 2, padding: 1);
            return x => second.Forward(first.Forward(x).Relu());
        });

        DefinitionAssert.RunsAsDefined(network, pools, 1e-5, RandomTensors.Uniform([2, channels, 9, 11], seed: 2));
    }

    [Fact]
    public void Run_ConvolutionUsedWithAndWithoutBatchNorm_KeepsTheirWeightsApart()
    {
        var network = TestNetwork.WithOutputs(scope =>
        {
            var convolution = new Conv2d(scope / "conv", inChannels: 6, outChannels: 8, kernelSize: 3);
            var normalize = new BatchNorm2d(scope, channels: 8);
            return x => [convolution.Forward(x), normalize.Forward(convolution.Forward(x))];
        });

        DefinitionAssert.RunsAsDefined(network, pools, 1e-5, RandomTensors.Uniform([1, 6, 9, 7], seed: 2));
    }
}
