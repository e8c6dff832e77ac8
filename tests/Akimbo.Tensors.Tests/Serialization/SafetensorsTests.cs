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

    [Fact]
    public void Save_StoredTensors_KeepsTypesAndWritesStridedViewsInRowMajorOrder()
    {
        string path = Path.Combine(_folder, "x.safetensors");
        var transposed = (StoredTensor)Containers.Root(
            w => w.Tensor("HalfStorage", "0", 6, 0, [3, 2], [1, 3]), ("0", Containers.Bytes<Half>((Half)0, (Half)1, (Half)2, (Half)3, (Half)4, (Half)5)))!;

        Safetensors.Save(path, new Dictionary<string, StoredTensor>
        {
            ["step"] = StoredTensor.Create<long>([], [long.MaxValue]),
            ["flags"] = StoredTensor.Create<bool>([2], [true, false]),
            ["half"] = transposed,
        });
        var file = Safetensors.Load(path);

        Assert.Equal([ElementType.Int64, ElementType.Bool, ElementType.Float16], file.Tensors.Values.Select(tensor => tensor.Type));
        Assert.Equal([long.MaxValue], file["step"].ToArray<long>());
        Assert.Equal([1, 0], file["flags"].ToArray<byte>());
        Assert.Equal([3, 2], file["half"].Shape);
        Assert.Equal([0, 3, 1, 4, 2, 5], file["half"].ToArray<int>());
        Assert.Empty(file.Metadata);
        Assert.Equal(0, BitConverter.ToInt64(File.ReadAllBytes(path)) % 8);
    }

    [Fact]
    public void Save_OverAnOlderFile_ReplacesIt()
    {
        string path = Path.Combine(_folder, "x.safetensors");
        Safetensors.Save(path, [new KeyValuePair<string, Tensor>("old", new Tensor([100]))]);
        Safetensors.Save(path, [new KeyValuePair<string, Tensor>("new", new Tensor([1]))]);

        Assert.Equal(["new"], Safetensors.Load(path).Tensors.Keys);
    }

    [Fact]
    public void Save_WhatCannotBeWritten_LeavesTheOlderFileAndNothingElse()
    {
        string path = Path.Combine(_folder, "x.safetensors");
        Safetensors.Save(path, [new KeyValuePair<string, Tensor>("old", new Tensor([1]))]);
        KeyValuePair<string, Tensor> Named(string name) => new(name, new Tensor([1]));

        Assert.Contains("Two tensors are called 'a'", Assert.Throws<ArgumentException>(() => Safetensors.Save(path, [Named("a"), Named("a")])).Message, StringComparison.Ordinal);
        Assert.Contains("__metadata__", Assert.Throws<ArgumentException>(() => Safetensors.Save(path, [Named("__metadata__")])).Message, StringComparison.Ordinal);
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "folder")).FullName;
        Assert.ThrowsAny<SystemException>(() => Safetensors.Save(folder, [Named("a")]));

        Assert.Equal(["old"], Safetensors.Load(path).Tensors.Keys);
        Assert.Equal([path], Directory.GetFiles(_folder));
        Assert.Throws<DirectoryNotFoundException>(() => Safetensors.Save(Path.Combine(_folder, "none", "x"), [Named("a")]));
    }
}
