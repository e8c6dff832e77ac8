using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tensors.Tests.Serialization;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("akimbo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("models/princeton_hg.pt", 742)]
    [InlineData("models/princeton_hg_legacy.pt", 742)]
    [InlineData("models/princeton_hg_eval.safetensors", 2)]
    public void LoadTensors_WhateverTheExtension_TellsTheKindByTheContent(string fixture, int count)
    {
        string path = Path.Combine(_folder, "weights.bin");
        File.Copy(Repository.Fixture(fixture), path);

        Assert.Equal(count, CheckpointFile.LoadTensors(path).Count);
    }

    [Fact]
    public void LoadTensors_OfAnotherKind_SaysHowTheFileBegins()
    {
        Assert.Contains("neither a safetensors file nor a PyTorch checkpoint: it begins with the bytes 3c21444f43545950453e ('<!DOCTYPE>')", Error("<!DOCTYPE>"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("it is empty", Error([]), StringComparison.Ordinal);

        byte[] tar = new byte[1024];
        "ustar"u8.CopyTo(tar.AsSpan(257));
        Assert.Contains("tar container of PyTorch 0.1", Error(tar), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_NamesThePath()
    {
        string path = Path.Combine(_folder, "none", "x.pt");

        Assert.All<Action>(
            [() => CheckpointFile.LoadTensors(path), () => Safetensors.Load(path), () => PyTorchCheckpoint.Load(path)],
            load => Assert.Contains(path, Assert.Throws<FileNotFoundException>(load).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void LoadTensors_SafetensorsReplacedByAnotherFile_GivesTheValuesOfTheFirst()
    {
        string path = Save(1, 2);
        var tensors = CheckpointFile.LoadTensors(path);

        Save(3, 4);

        Assert.Equal([1, 2], tensors["x"].ToArray<float>());
    }

    [Theory]
    [InlineData(FileMode.Append)]
    [InlineData(FileMode.Truncate)]
    public void LoadTensors_SafetensorsThatAreWrittenTo_SaysSoAtTheNextRead(FileMode mode)
    {
        string path = Save(1, 2);
        var tensors = CheckpointFile.LoadTensors(path);

        using (var stream = new FileStream(path, mode, FileAccess.Write, FileShare.ReadWrite)) stream.WriteByte(0);

        Assert.Equal($"{path} has been written to since it was opened; load it again.", Assert.Throws<IOException>(() => tensors["x"].ToTensor()).Message);
    }

    private string Save(params float[] values)
    {
        string path = Path.Combine(_folder, "x.safetensors");
        Safetensors.Save(path, [KeyValuePair.Create("x", new Tensor([values.Length], values))]);
        return path;
    }

    private string Error(byte[] bytes)
    {
        string path = Path.Combine(_folder, "x");
        File.WriteAllBytes(path, bytes);
        return Assert.Throws<CheckpointFormatException>(() => CheckpointFile.LoadTensors(path)).Message;
    }
}
