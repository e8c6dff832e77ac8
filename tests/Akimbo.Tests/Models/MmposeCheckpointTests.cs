using Akimbo.Models.HighResolution;
using Akimbo.Models.PoseResNet;
using Akimbo.Networks;
using Akimbo.Networks.Weights;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Tests.Models;

public sealed class MmposeCheckpointTests
{
    private static readonly HighResolutionOptions Narrow = new() { BranchChannels = [2, 4, 8, 16], StageModules = [1, 1, 1], BranchBlocks = 1 };

    [Theory]
    [InlineData("keypoint_head.")]
    [InlineData("head.")]
    public void Load_HighResolutionNet_TakesMmposesNames(string head) => LoadsAll(new HighResolutionNet(Narrow), head, "final_layer.");

    [Theory]
    [InlineData("keypoint_head.")]
    [InlineData("head.")]
    public void Load_PoseResNet_TakesMmposesNames(string head) =>
        LoadsAll(new PoseResNet(new PoseResNetOptions { Channels = 4, DeconvChannels = [8, 8] }), head, "final_layer.", "deconv_layers.");

    [Fact]
    public void Load_HeadsOfBothVersions_IsRefused()
    {
        var network = new HighResolutionNet(Narrow);
        var tensors = MmposeTensors(network, "head.", "final_layer.");
        tensors.Add("keypoint_head.final_layer.bias", tensors["head.final_layer.bias"]);

        var error = Assert.Throws<ModelWeightsException>(() => network.Load(tensors, "test"));

        Assert.Empty(error.Missing);
        Assert.Single(error.Unexpected);
    }

    private static void LoadsAll(Network network, string head, params string[] headParts)
    {
        var tensors = MmposeTensors(network, head, headParts);

        network.Load(tensors, "test");

        Assert.All(network.Parameters, (parameter, i) => Assert.Equal(i, parameter.Value.Span[0]));
    }

    private static Dictionary<string, StoredTensor> MmposeTensors(Network network, string head, params string[] headParts)
    {
        var tensors = new Dictionary<string, StoredTensor>();
        foreach (var parameter in network.Parameters)
        {
            float[] values = new float[parameter.Shape.ElementCount];
            values[0] = tensors.Count;
            bool isHead = headParts.Any(part => parameter.Name.StartsWith(part, StringComparison.Ordinal));
            tensors.Add((isHead ? head : "backbone.") + parameter.Name, StoredTensor.Create<float>(parameter.Shape, values));
        }

        return tensors;
    }
}
