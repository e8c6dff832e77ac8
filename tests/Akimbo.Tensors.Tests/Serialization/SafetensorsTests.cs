using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tensors.Tests.Serialization;

public sealed class SafetensorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("akimbo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_RecordedNetworkOutputs_HasTheirNamesShapesAndType()
    {
        var file = Safetensors.Load(Repository.Fixture("models/princeton_hg_eval.safetensors"));

        Assert.Equal(["input_nchw", "output"], file.Tensors.Keys.Order());
        Assert.Equal(ElementType.Float32, file["output"].Type);
        Assert.Equal(5, file["output"].Shape.Rank);
        Assert.All(file["output"].ToTensor().Span.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Save_ThenLoad_GivesTheSameTensorsAndMetadataInOrder()
    {
        string path = Path.Combine(_folder, "x.safetensors");
        KeyValuePair<string, Tensor>[] tensors =
        [
            new("b.weight", new Tensor([2, 3], new float[] { 1, -2.5f, float.NaN, float.PositiveInfinity, 0, 3e-42f })),
            new("a \"quoted\" é", new Tensor([], new float[] { 7 })),
            new("none", new Tensor([3, 0])),
        ];

        Safetensors.Save(path, tensors, new Dictionary<string, string> { ["epoch"] = "3", ["author"] = "Åsa" });
        var file = Safetensors.Load(path);

        Assert.Equal(tensors.Select(item => item.Key), file.Tensors.Keys);
        foreach (var (name, tensor) in tensors)
        {
            Assert.Equal(tensor.Shape, file[name].Shape);
            Assert.Equal(tensor.Span.ToArray(), file[name].ToTensor().Span.ToArray());
        }

        Assert.Equal("3", file.Metadata["epoch"]);
        Assert.Equal("Åsa", file.Metadata["author"]);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }
}
