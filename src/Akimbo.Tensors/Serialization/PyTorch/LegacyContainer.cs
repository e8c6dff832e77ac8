using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Akimbo.Tensors.Serialization.PyTorch;

/// <summary>
/// The container of <c>torch.save</c> before PyTorch 1.6: pickles of a magic number, a version, facts about the
/// machine, the object and the keys of its storages, then each storage as its element count and its elements
/// (<c>torch/serialization.py</c>, <c>_legacy_save</c> and <c>_legacy_load</c>).
/// </summary>
internal sealed class LegacyContainer(ReadOnlyMemory<byte> bytes, string file)
{
    private const int Version = 1001;
    private static readonly BigInteger MagicNumber = BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private readonly Dictionary<string, TensorStorage> _storages = [];
    private readonly Dictionary<(string, long, long), TensorStorage> _views = [];
    private int _position;

    /// <summary>Reads the object of the container.</summary>
    /// <exception cref="CheckpointFormatException">The container is damaged or holds what is not read.</exception>
    public object? Read()
    {
        if (!MagicNumber.Equals(ReadPlain()))
            throw Error("This is a pickle, but not one that torch.save wrote: it does not begin with the magic number of PyTorch.");
        if (ReadPlain() is var version && version is not (long)Version)
            throw Error($"The container has the version {version}; {Version} is read.");
        if (ReadPlain() is OrderedDictionary<object, object?> machine && machine.TryGetValue("little_endian", out object? little) && little is false)
            throw Error("The byte order is big-endian; only little-endian checkpoints are read.");

        object? root = ReadPickle(Storage);
        ReadStorages(ReadPlain());
        return root;
    }

    private object? ReadPlain() => ReadPickle(_ => throw Error("A storage is named before the pickle of the object."));

    private object? ReadPickle(Func<object?[], TensorStorage> loadStorage)
    {
        var unpickler = new Unpickler(bytes, _position, file, loadStorage);
        object? value = unpickler.Read();
        _position = unpickler.End;
        return value;
    }

    /// <summary>The storage that (…, count, view) names, where view is None or (key, offset, count) of a part of it.</summary>
    private TensorStorage Storage(object?[] id)
    {
        var (type, key, count) = StorageId.Parse(id, file);
        if ((Int128)count * type.Size() > bytes.Length)
            throw Error($"The storage {Quoted.Text(key)} of {count} elements of {type} is larger than the file of {bytes.Length} bytes.");
        if (_storages.TryGetValue(key, out var storage)) StorageId.Known(storage, type, key, count, file);
        else _storages[key] = storage = new TensorStorage(type, count);
        if (id is [_, _, _, _, _] or [_, _, _, _, _, null]) return storage;

        if (id is not [_, _, _, _, _, object?[] and [string, long offset, long length]])
            throw Error($"The storage {Quoted.Text(key)} is viewed by {Quoted.Kind(id[^1])}; expected None or a key, an offset and a count.");
        if (offset < 0 || length < 0 || offset > count || length > count - offset)
            throw Error($"A view of {length} elements from element {offset} leaves the {count} elements of the storage {Quoted.Text(key)}.");
        if (!_views.TryGetValue((key, offset, length), out var view)) _views[(key, offset, length)] = view = storage.Slice(offset, length);
        return view;
    }

    private void ReadStorages(object? keys)
    {
        if (keys is not List<object?> list) throw Error($"The keys of the storages are {Quoted.Kind(keys)}, not a list.");

        var missing = new HashSet<string>(_storages.Keys);
        foreach (object? item in list)
        {
            if (item is not string key || !missing.Remove(key))
                throw Error($"The keys of the storages hold {(item is string text ? Quoted.Text(text) : Quoted.Kind(item))}, which the object does not use, or twice.");
            ReadStorage(key, _storages[key]);
        }

        if (missing.Count > 0)
            throw Error($"The storage {Quoted.Text(missing.First())} and {missing.Count - 1} more are named but not stored.");
    }

    private void ReadStorage(string key, TensorStorage storage)
    {
        int left = bytes.Length - _position - sizeof(long);
        long count = left < 0 ? -1 : BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[_position..]);
        if (left < storage.ByteCount)
            throw Error($"The storage {Quoted.Text(key)} needs {storage.ByteCount} bytes where {Math.Max(left, 0)} are left; the file is cut short.");
        if (count != storage.Count)
            throw Error($"The storage {Quoted.Text(key)} holds {count} elements; the tensors that use it expect {storage.Count}.");

        _position += sizeof(long);
        storage.PlaceIn(new FileInMemory(bytes), _position);
        _position += (int)storage.ByteCount;
    }

    private CheckpointFormatException Error(string problem) => new(file, problem);
}
