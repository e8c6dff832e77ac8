namespace Akimbo.Tensors.Serialization;

/// <summary>Reads the tensors of a network from a file of any kind that is known.</summary>
public static class CheckpointFile
{
    /// <summary>
    /// The tensors of a safetensors file, or the state dict of a PyTorch checkpoint, in the file's order and under
    /// the file's names. The kind is told by the content; the extension does not matter. A safetensors file stays open, and its
    /// elements on the disk, until they are asked for; after it has been written to, that is an <see cref="IOException"/>.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointFormatException">The file is of another kind, is damaged, names something that is
    /// not loaded, holds no state dict, or is longer than 2 GiB.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> LoadTensors(string path) => LoadTensors(path, out _);

    /// <summary>The tensors as <see cref="LoadTensors(string)"/> gives them, and the strings that a safetensors file holds beside them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metadata">The strings; empty for PyTorch checkpoints.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointFormatException">As for <see cref="LoadTensors(string)"/>.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> LoadTensors(string path, out IReadOnlyDictionary<string, string> metadata)
    {
        metadata = new Dictionary<string, string>();
        var content = new FileOnDisk(path);
        var beginning = content.Slice(0, Math.Min(content.Length, FileKinds.BytesThatTell)).Span;
        switch (FileKinds.Of(beginning))
        {
            case FileKind.Safetensors:
                var file = new SafetensorsReader(content, path).Read();
                metadata = file.Metadata;
                return file.Tensors;
            case FileKind.Unknown:
                throw new CheckpointFormatException(path, $"This is neither a safetensors file nor a PyTorch checkpoint: it {FileKinds.Beginning(beginning)}.");
            default:
                return PyTorchCheckpoint.Load(path).StateDict;
        }
    }
}
