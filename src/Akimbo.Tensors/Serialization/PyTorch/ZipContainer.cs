using System.Text;

namespace Akimbo.Tensors.Serialization.PyTorch;

/// <summary>
/// The container of <c>torch.save</c> since PyTorch 1.6: a zip file with the pickle <c>data.pkl</c> and one entry
/// <c>data/KEY</c> for each storage, all in one folder (<c>torch/serialization.py</c>, <c>_save</c> and <c>_load</c>).
/// </summary>
internal sealed class ZipContainer
{
    private const string PickleName = "data.pkl";

    private readonly string _file;
    private readonly ZipDirectory _zip;
    private readonly string _folder;
    private readonly Dictionary<string, TensorStorage> _storages = [];

    private ZipContainer(ReadOnlyMemory<byte> bytes, string file)
    {
        _file = file;
        _zip = ZipDirectory.Read(bytes, file);
        _folder = FindFolder();
    }

    /// <summary>Reads the object of the container.</summary>
    /// <exception cref="CheckpointFormatException">The container is damaged or holds what is not read.</exception>
    public static object? Read(ReadOnlyMemory<byte> bytes, string file)
    {
        var container = new ZipContainer(bytes, file);
        container.CheckByteOrder();
        return new Unpickler(container._zip.Content(container._folder + PickleName), 0, file, container.Storage).Read();
    }

    private string FindFolder()
    {
        string[] pickles = [.. _zip.Names.Where(name => name == PickleName || name.EndsWith("/" + PickleName, StringComparison.Ordinal)).Take(2)];
        if (pickles.Length != 1)
            throw new CheckpointFormatException(_file, pickles.Length == 0
                ? $"This zip file was not written by torch.save: it has no {PickleName} but {Entries()}."
                : $"The zip file has two pickles, {Quoted.Text(pickles[0])} and {Quoted.Text(pickles[1])}.");

        string folder = pickles[0][..^PickleName.Length];
        if (_zip.Contains(folder + "constants.pkl") || _zip.Names.Any(name => name.StartsWith(folder + "code/", StringComparison.Ordinal)))
            throw new CheckpointFormatException(_file, "This is a TorchScript program, not a checkpoint. Load it in PyTorch and save its state_dict() with torch.save.");
        return folder;
    }

    private string Entries() => _zip.Names.Any() ? string.Join(", ", _zip.Names.Take(4).Select(Quoted.Text)) : "no entries";

    private void CheckByteOrder()
    {
        if (!_zip.Contains(_folder + "byteorder")) return;
        string order = Encoding.Latin1.GetString(_zip.Content(_folder + "byteorder").Span);
        if (order != "little")
            throw new CheckpointFormatException(_file, $"The byte order is {Quoted.Text(order)}; only little-endian checkpoints are read.");
    }

    private TensorStorage Storage(object?[] id)
    {
        var (type, key, count) = StorageId.Parse(id, _file);
        if (_storages.TryGetValue(key, out var known)) return StorageId.Known(known, type, key, count, _file);

        var content = _zip.Content($"{_folder}data/{key}");
        if ((Int128)count * type.Size() > content.Length)
            throw new CheckpointFormatException(_file, $"The storage {Quoted.Text(key)} should hold {count} elements of {type}, but has {content.Length} bytes.");
        var storage = _storages[key] = new TensorStorage(type, count);
        storage.PlaceIn(new FileInMemory(content), position: 0);
        return storage;
    }
}
