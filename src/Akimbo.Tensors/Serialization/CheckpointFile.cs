namespace Akimbo.Tensors.Serialization;

/// <summary>Reads the tensors of a network from a file of any kind that is known.</summary>
public static class CheckpointFile
{
    /// <summary>
    /// The tensors of a safetensors file, or the state dict of a PyTorch checkpoint, in the file's order and under
    /// the file's names. The kind is told by the content; the extension does not matter.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointFormatException">The file is of another kind, is damaged, names something that is
    /// not loaded, holds no state dict, or is longer than 2 GiB.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> LoadTensors(string path)
    {
        byte[] bytes = FileBytes.Read(path);
        return FileKinds.Of(bytes) switch
        {
            FileKind.Safetensors => Safetensors.Read(bytes, path).Tensors,
            FileKind.Unknown => throw new CheckpointFormatException(path,
                $"This is neither a safetensors file nor a PyTorch checkpoint: it {FileKinds.Beginning(bytes)}."),
            _ => PyTorchCheckpoint.Read(bytes, path).StateDict,
        };
    }
}
