namespace Akimbo.Tensors.Serialization;

/// <summary>
/// Reads and writes safetensors files: an eight-byte header length, a JSON header of names, types, shapes and
/// offsets, then the raw little-endian elements
/// (<see href="https://github.com/huggingface/safetensors#format">huggingface/safetensors, Format</see>).
/// </summary>
public static class Safetensors
{
    /// <summary>Reads a file; its bytes are checked at once and converted when a tensor is asked for.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointFormatException">The file is not a sound safetensors file, or is longer than 2 GiB.</exception>
    public static SafetensorsFile Load(string path) => Read(FileBytes.Read(path), path);

    /// <summary>Reads the bytes of a file without copying them.</summary>
    /// <param name="bytes">The whole file; must not change while its tensors are used.</param>
    /// <param name="name">What error messages call the file.</param>
    /// <exception cref="CheckpointFormatException">The bytes are not a sound safetensors file.</exception>
    public static SafetensorsFile Read(ReadOnlyMemory<byte> bytes, string name) => new SafetensorsReader(new FileInMemory(bytes), name).Read();

    /// <summary>
    /// Writes float32 tensors in the order given. The file appears under its name only when it is complete:
    /// it is written beside it first and then renamed, replacing a file of that name.
    /// </summary>
    /// <param name="path">The file to write; its folder must exist.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="metadata">Free-form strings to keep under <c>__metadata__</c>.</param>
    /// <exception cref="ArgumentException">Two tensors have the same name, or one is called <c>__metadata__</c>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(
        string path,
        IEnumerable<KeyValuePair<string, Tensor>> tensors,
        IReadOnlyDictionary<string, string>? metadata = null) =>
        new SafetensorsWriter(tensors.Select(SafetensorsWriter.Entry.Of), metadata).Save(path);

    /// <summary>Writes tensors in their stored types; otherwise as for float32 tensors.</summary>
    /// <param name="path">The file to write; its folder must exist.</param>
    /// <param name="tensors">The tensors by name; see <see cref="StoredTensor.Create{T}"/> for making them.</param>
    /// <param name="metadata">Free-form strings to keep under <c>__metadata__</c>.</param>
    /// <exception cref="ArgumentException">Two tensors have the same name, or one is called <c>__metadata__</c>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(
        string path,
        IEnumerable<KeyValuePair<string, StoredTensor>> tensors,
        IReadOnlyDictionary<string, string>? metadata = null) =>
        new SafetensorsWriter(tensors.Select(SafetensorsWriter.Entry.Of), metadata).Save(path);
}
