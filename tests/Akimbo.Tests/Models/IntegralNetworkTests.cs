using Akimbo.Models.HighResolution;
using Akimbo.Models.Integral;
using Akimbo.Networks;
using Akimbo.Networks.Inference;
using Akimbo.Networks.Operations;
using Akimbo.Networks.Weights;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Models;

public sealed class IntegralNetworkTests
{
    [Theory]
    [InlineData("hrnet_narrow.pth", "hrnet_narrow_eval", SoftArgMaxOrder.SoftmaxFirst)]
    [InlineData("hrnet_narrow.pth", "hrnet_narrow_eval", SoftArgMaxOrder.SumsFirst)]
    [InlineData("princeton_hg.pt", "princeton_hg_eval", SoftArgMaxOrder.SoftmaxFirst)]
    public void Run_CheckpointOfTheHeatmapNetwork_GivesTheExpectationsOverItsHeatmaps(string checkpoint, string inputFile, SoftArgMaxOrder order)
    {
        var input = Safetensors.Load(Repository.Fixture($"models/{inputFile}.safetensors"))["input_nchw"].ToTensor();
        var heatmapNetwork = PublishedNetworks.CreateNarrow(checkpoint);
        var network = new IntegralNetwork(heatmapNetwork, new IntegralHead(order, temperature: 0.1f));
        network.Load(Repository.Fixture($"models/{checkpoint}"));
        using var pool = new WorkerPool(threadCount: 2);

        foreach (var path in SimdPaths.Supported)
        {
            var heatmaps = new CompiledNetwork(heatmapNetwork, pool, path).Run(input);
            var coordinates = new CompiledNetwork(network, pool, path).Run(input);

            Assert.Equal(heatmaps.Count, coordinates.Count);
            for (int stack = 0; stack < heatmaps.Count; stack++)
            {
                var expected = Graph.Trace(heatmaps[stack].Shape, x => [x.SoftArgMax2d(order, temperature: 0.1f)]).Evaluate(heatmaps[stack])[0];
                Assert.Equal(expected.Shape, coordinates[stack].Shape);
                Assert.Equal(expected.Span, coordinates[stack].Span);
            }
        }
    }

    [Fact]
    public void Constructor_HeatmapNetwork_SharesItsParametersAndNamings()
    {
        var heatmaps = new HighResolutionNet();
        var network = new IntegralNetwork(heatmaps);

        Assert.Same(heatmaps.Parameters, network.Parameters);
        Assert.Same(heatmaps.Namings, network.Namings);
        Assert.Equal("Integral HighResolutionNet", network.Name);
    }
}
