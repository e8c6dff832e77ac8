using System.Numerics;
using Akimbo.Tensors.Serialization.PyTorch;

namespace Akimbo.Tensors.Serialization;

/// <summary>
/// Reads what <c>torch.save</c> writes, in the zip container and in the one before PyTorch 1.6
/// (<c>torch/serialization.py</c>). Nothing in the file is executed: it may hold tensors, numbers, strings and plain
/// containers, and any other class or function that it names is an error.
/// </summary>
public sealed class PyTorchCheckpoint
{
    private readonly Lazy<OrderedDictionary<string, StoredTensor>> _stateDict;

    private PyTorchCheckpoint(string name, object? root)
    {
        Name = name;
        Root = root;
        _stateDict = new(() => PyTorch.StateDict.Find(root, name));
    }

    /// <summary>The file's path, or the name its bytes were given.</summary>
    public string Name { get; }

    /// <summary>
    /// The saved object: <see cref="StoredTensor"/>, <see cref="long"/> or <see cref="BigInteger"/>,
    /// <see cref="double"/>, <see cref="bool"/>, <see cref="string"/>, null for None, an array of <see cref="byte"/>,
    /// a <see cref="List{T}"/> of objects for a list or a set, an <see cref="OrderedDictionary{TKey, TValue}"/> of
    /// objects for any dictionary, an array of objects for a tuple. Parameters are tensors, devices and the names of
    /// types (<c>torch.float32</c>) strings, NumPy scalars numbers. Containers may be shared, and may contain themselves.
    /// </summary>
    public object? Root { get; }

    /// <summary>
    /// The tensors of the network, named and ordered as in the file: those of <see cref="Root"/> itself, or of the
    /// dictionary under <c>state_dict</c>, <c>model_state_dict</c>, <c>best_state_dict</c>, <c>model_state</c>,
    /// <c>model</c>, <c>net</c>, <c>network</c>, <c>params</c> or <c>weights</c>, in this order. Numbers and strings
    /// among them are left out.
    /// </summary>
    /// <exception cref="CheckpointFormatException">There is none; the message says what there is.</exception>
    public IReadOnlyDictionary<string, StoredTensor> StateDict => _stateDict.Value;

    /// <summary>Reads a file; its tensors are checked at once and converted when one is asked for.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointFormatException">The file is not a sound checkpoint, or names something that is
    /// not loaded, or is longer than 2 GiB.</exception>
    public static PyTorchCheckpoint Load(string path) => Read(FileBytes.Read(path), path);

    /// <summary>Reads the bytes of a file without copying them.</summary>
    /// <param name="bytes">The whole file; must not change while its tensors are used.</param>
    /// <param name="name">What error messages call the file.</param>
    /// <exception cref="CheckpointFormatException">The bytes are not a sound checkpoint, or name something that is not loaded.</exception>
    public static PyTorchCheckpoint Read(ReadOnlyMemory<byte> bytes, string name) => new(name, FileKinds.Of(bytes.Span) switch
    {
        FileKind.Zip => ZipContainer.Read(bytes, name),
        FileKind.Pickle => new LegacyContainer(bytes, name).Read(),
        FileKind.Tar => throw new CheckpointFormatException(name, "This is the tar container of PyTorch 0.1, which is not read. Load it in PyTorch and save it again with torch.save."),
        _ => throw new CheckpointFormatException(name, $"This is not a PyTorch checkpoint: it {FileKinds.Beginning(bytes.Span)}; expected a zip file or a pickle."),
    });
}
