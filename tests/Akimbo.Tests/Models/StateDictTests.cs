using System.Text.Json;
using Akimbo.Networks;
using Akimbo.Tensors;
using Akimbo.Testing;

namespace Akimbo.Tests.Models;

public sealed class StateDictTests
{
    [Theory]
    [InlineData("princeton_hg_2")]
    [InlineData("princeton_hg_8")]
    [InlineData("bearpaw_hg_s2_b1")]
    [InlineData("bearpaw_hg_s8_b1")]
    [InlineData("hrnet_w32")]
    [InlineData("hrnet_w48")]
    [InlineData("pose_ae_4")]
    [InlineData("pose_resnet_50")]
    [InlineData("pose_resnet_101")]
    [InlineData("pose_resnet_152")]
    public void Parameters_PublishedSizes_EqualTheOriginals(string name)
    {
        using var recorded = JsonDocument.Parse(File.ReadAllText(Repository.Fixture($"models/{name}_keys.json")));
        var network = PublishedNetworks.Create(name);

        var expected = recorded.RootElement.GetProperty("state_dict").EnumerateObject()
            .Select(entry => $"{entry.Name} {ShapeOf(entry.Value)}");
        Assert.Equal(expected, network.Parameters.Select(parameter => parameter.ToString()));
        Assert.Equal(recorded.RootElement.GetProperty("parameters").GetInt64(), Count(network, buffers: false));
        Assert.Equal(recorded.RootElement.GetProperty("buffers").GetInt64(), Count(network, buffers: true));
        Assert.Equal(recorded.RootElement.GetProperty("conv_macs").GetInt64(),
            network.Trace(ShapeOf(recorded.RootElement.GetProperty("standard_input"))).MultiplyAdds);
    }

    private static long Count(Network network, bool buffers) =>
        network.Parameters.Where(parameter => parameter.IsBuffer == buffers).Sum(parameter => parameter.Shape.ElementCount);

    private static Shape ShapeOf(JsonElement dimensions) => new([.. dimensions.EnumerateArray().Select(length => length.GetInt32())]);
}
