using Akimbo.Networks.Tests.Inference;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Networks.Tests.Operations;

/// <summary>
/// Every operation against numbers recorded from <c>torch.nn.functional</c> (PyTorch 1.13), as it is defined and as it runs.
/// </summary>
public sealed class LayerFixtureTests(WorkerPools pools) : IClassFixture<WorkerPools>
{
    public static TheoryData<string> Files => [.. LayerFixtures.Files.Where(file => !LayerFixtures.IsTraining(LayerFixtures.Entry(file)))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Operation_OnRecordedInput_GivesRecordedOutput(string file)
    {
        var entry = LayerFixtures.Entry(file);
        var recorded = Safetensors.Load(Repository.Fixture($"layers/{file}"));
        var input = LayerFixtures.Operation(entry) == "add" ? LayerFixtures.Stacked(recorded) : recorded["input"].ToTensor();
        var output = recorded["output"].ToTensor();
        var network = LayerFixtures.NetworkOf(entry, recorded);
        double tolerance = LayerFixtures.IsExact(entry) ? 0 : 1e-5;

        DefinitionAssert.Equal([output], network.Trace(input.Shape).Evaluate(input), tolerance, "the definition");
        DefinitionAssert.RunsAs(network, pools, tolerance, (input, [output]));
    }

    [Fact]
    public void Index_NamesEveryFile_AndOnlyOperationsToComeAreLeftOut()
    {
        string[] present = [.. Directory.GetFiles(Repository.Fixture("layers"), "*.safetensors").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

        Assert.Equal(present, LayerFixtures.Files.Order(StringComparer.Ordinal));
        Assert.Equal(LayerFixtures.Index.Length, present.Length + LayerFixtures.Index.Count(LayerFixtures.IsToCome));
    }
}
