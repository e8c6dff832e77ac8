using Akimbo.Models;
using Akimbo.Networks.Weights;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Models;

public sealed class ModelFitTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void RankFits_WholeCheckpointUnderAPrefix_FitsEntirely()
    {
        var best = ModelLoader.RankFits(TensorsOf("pose-resnet-50", prefix: "module."))[0];
        Assert.Equal(("pose-resnet-50", 1, 1), (best.Model.Name, best.Names, best.Shapes));
    }

    [Fact]
    public void RankFits_EveryModelOnce_BestFirst()
    {
        var fits = ModelLoader.RankFits(TensorsOf("hrnet-w48", prefix: ""));

        Assert.Equal(ModelCatalog.Names.Order(StringComparer.Ordinal), fits.Select(fit => fit.Model.Name).Order(StringComparer.Ordinal));
        Assert.Equal(fits.Select(fit => fit.Shapes).OrderDescending(), fits.Select(fit => fit.Shapes));
        var narrower = fits.Single(fit => fit.Model.Name == "hrnet-w32");
        Assert.Equal(1, narrower.Names);
        Assert.InRange(narrower.Shapes, 0.05, 0.9);
    }

    [Theory]
    [InlineData("princeton_hg_checkpoint.pt", "lite-pose", "hourglass-2", 100)]
    [InlineData("princeton_hg.pt", null, "hourglass-2", 100)]
    [InlineData("bearpaw_hg_narrow.pth.tar", "hourglass-8", "bearpaw-hourglass-2", 100)]
    [InlineData("hrnet_narrow.pth", "pose-resnet-50", "hrnet-w32", 100)]
    public void Load_WrongCheckpoint_NamesTheModelThatComesNearest(string checkpoint, string? name, string nearest, int percent)
    {
        var error = Assert.Throws<ModelWeightsException>(() => ModelLoader.Load(Repository.Fixture($"models/{checkpoint}"), name));
        Assert.Contains($"nearest is {nearest}, of which {percent} % of the names fit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WeightsOfAnotherKnownModel_NamesIt()
    {
        Safetensors.Save(_file, TensorsOf("bearpaw-hourglass-1", prefix: "module."));
        var error = Assert.Throws<ModelWeightsException>(() => ModelLoader.Load(_file, "hourglass-2"));
        Assert.Contains("nearest is bearpaw-hourglass-1, of which 100 % of the names fit and 100 % of the names with their shapes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WeightsOfNoPoseNetwork_SaysSo()
    {
        Safetensors.Save(_file, [KeyValuePair.Create("encoder.weight", new Tensor([2, 2]))]);
        var error = Assert.Throws<ModelWeightsException>(() => ModelLoader.Load(_file));
        Assert.Contains("No model of the catalog has as much as 10 % of these names", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_OneNameThatDiffers_IsNotHundredPercent()
    {
        var fit = new ModelFit(ModelCatalog.Create("lite-pose"), Names: 0.9999, Shapes: 0.5);
        Assert.Equal("lite-pose, of which 99.9 % of the names fit and 50 % of the names with their shapes", fit.ToString());
    }

    [Theory]
    [InlineData("hrnet-w32", "hrnet-w32-384")]
    [InlineData("hrnet-w48-384", "hrnet-w48")]
    [InlineData("lite-pose")]
    [InlineData("hrnet-w32-mpii")]
    public void OthersOfTheNetwork_SameParameters_AreNamed(string name, params string[] expected) =>
        Assert.Equal(expected, ModelLoader.OthersOfTheNetwork(ModelCatalog.Create(name)));

    [Theory]
    [InlineData("hourglass-2", 256, 256, 8_429_088)]
    [InlineData("hrnet-w32", 192, 256, 28_536_113)]
    [InlineData("hrnet-w48-384", 288, 384, 63_595_745)]
    [InlineData("lite-pose", 448, 448, 3_533_808)]
    public void Figures_OfAModel_AreThePublishedOnes(string name, int width, int height, long parameters)
    {
        var figures = ModelFigures.Of(ModelCatalog.Create(name));
        Assert.Equal((width, height, parameters), (figures.InputWidth, figures.InputHeight, figures.Parameters));
    }

    [Fact]
    public void Figures_OfHighResolutionNet_CountTheRecordedMultiplyAdds() =>
        Assert.Equal(7_645_003_776, ModelFigures.Of(ModelCatalog.Create("hrnet-w32")).MultiplyAdds);

    private static Dictionary<string, StoredTensor> TensorsOf(string model, string prefix) =>
        ModelCatalog.Create(model).Architecture.CreateNetwork().Parameters.ToDictionary(
            parameter => prefix + parameter.Name,
            parameter => StoredTensor.Create<byte>(parameter.Shape, new byte[parameter.Shape.ElementCount]));
}
