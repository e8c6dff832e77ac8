using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Akimbo.Tensors.Serialization.PyTorch;

/// <summary>
/// The entries of a zip file in memory (PKWARE APPNOTE 6.3, with zip64). Stored entries are slices of the file
/// without a copy. Checksums are not verified.
/// </summary>
/// <remarks>
/// Entries must not overlap, and deflated ones may inflate to at most 64 MiB plus twenty times the file in all,
/// so that a small file cannot fill the memory.
/// </remarks>
internal sealed class ZipDirectory
{
    private const uint EndSignature = 0x06054b50, Zip64LocatorSignature = 0x07064b50, Zip64EndSignature = 0x06064b50;
    private const uint EntrySignature = 0x02014b50, LocalSignature = 0x04034b50;
    private const int EndLength = 22, Zip64LocatorLength = 20, Zip64EndLength = 56, EntryLength = 46, LocalLength = 30;
    private const ushort Stored = 0, Deflated = 8, Encrypted = 1, Zip64ExtraField = 1;
    private const long InflatedBytesAllowed = 64L << 20, InflatedBytesPerByte = 20, MaxDeflateRatio = 1032;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly string _file;
    private readonly OrderedDictionary<string, Entry> _entries = [];
    private long _inflatedBytesLeft;

    private ZipDirectory(ReadOnlyMemory<byte> bytes, string file)
    {
        _bytes = bytes;
        _file = file;
        _inflatedBytesLeft = InflatedBytesAllowed + InflatedBytesPerByte * bytes.Length;
    }

    private readonly record struct Entry(ushort Method, long Begin, long Compressed, long Length);

    /// <summary>The names of all entries, in the order of the directory.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Reads the directory of a zip file.</summary>
    /// <exception cref="CheckpointFormatException">The directory is damaged.</exception>
    public static ZipDirectory Read(ReadOnlyMemory<byte> bytes, string file)
    {
        var directory = new ZipDirectory(bytes, file);
        directory.ReadEntries();
        return directory;
    }

    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>The content of an entry.</summary>
    /// <exception cref="CheckpointFormatException">There is no such entry, or it is damaged.</exception>
    public ReadOnlyMemory<byte> Content(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
            throw Error($"The zip file has no entry {Quoted.Text(name)}; it is damaged or cut short");
        var content = _bytes.Slice((int)entry.Begin, (int)entry.Compressed);
        return entry.Method == Stored ? content : Inflate(name, entry, content);
    }

    private void ReadEntries()
    {
        var (position, end, count) = FindDirectory();
        var extents = new List<(long Begin, long End, string Name)>();
        for (long i = 0; i < count; i++)
        {
            var header = Bytes(position, EntryLength, "a directory entry");
            if (UInt32(header, 0) != EntrySignature) throw Error($"Entry {i} of the zip directory is damaged");
            int nameLength = UInt16(header, 28), extraLength = UInt16(header, 30), commentLength = UInt16(header, 32);
            string name = Encoding.UTF8.GetString(Bytes(position + EntryLength, nameLength, "the name of an entry"));
            var extra = Bytes(position + EntryLength + nameLength, extraLength, "the extra fields of an entry");
            position += EntryLength + nameLength + extraLength + commentLength;
            if (position > end) throw Error("The zip directory is cut short");

            if ((UInt16(header, 8) & Encrypted) != 0) throw Error($"The zip entry {Quoted.Text(name)} is encrypted");
            var (compressed, length, local) = Extent(header, extra, name);
            long begin = ContentOf(local, name);
            var entry = new Entry(UInt16(header, 10), begin, compressed, length);
            Check(name, entry);
            if (!_entries.TryAdd(name, entry)) throw Error($"The zip file has two entries called {Quoted.Text(name)}");
            extents.Add((local, begin + compressed, name));
        }

        CheckOverlaps(extents);
    }

    private (long Begin, long End, long Count) FindDirectory()
    {
        var span = _bytes.Span;
        int end = span.Length - EndLength;
        int first = Math.Max(0, end - ushort.MaxValue);
        while (end >= first && UInt32(span[end..], 0) != EndSignature) end--;
        if (end < first) throw Error("The file begins like a zip file but has no zip directory at its end; it is cut short");

        var record = span.Slice(end, EndLength);
        long count = UInt16(record, 10), length = UInt32(record, 12), begin = UInt32(record, 16);
        if (end >= Zip64LocatorLength && UInt32(span[(end - Zip64LocatorLength)..], 0) == Zip64LocatorSignature)
        {
            var zip64 = Bytes(Int64(span[(end - Zip64LocatorLength)..], 8), Zip64EndLength, "the zip64 directory");
            if (UInt32(zip64, 0) != Zip64EndSignature) throw Error("The zip64 directory is damaged");
            (count, length, begin) = (Int64(zip64, 32), Int64(zip64, 40), Int64(zip64, 48));
        }

        if (begin < 0 || length < 0 || begin > end || length > end - begin)
            throw Error($"The zip directory would lie at bytes {begin} to {(Int128)begin + length} of {span.Length}; the file is damaged or cut short");
        if (count < 0 || count > length / EntryLength) throw Error($"The zip directory of {length} bytes cannot hold {count} entries");
        return (begin, begin + length, count);
    }

    /// <summary>Sizes and place of an entry; those that do not fit 32 bits are in the zip64 extra field.</summary>
    private (long Compressed, long Length, long Local) Extent(ReadOnlySpan<byte> header, ReadOnlySpan<byte> extra, string name)
    {
        long compressed = UInt32(header, 20), length = UInt32(header, 24), local = UInt32(header, 42);
        while (extra.Length >= 4)
        {
            int id = UInt16(extra, 0), size = UInt16(extra, 2);
            if (size > extra.Length - 4) break;
            var field = extra.Slice(4, size);
            if (id == Zip64ExtraField)
            {
                length = Wide(length, ref field);
                compressed = Wide(compressed, ref field);
                local = Wide(local, ref field);
            }

            extra = extra[(4 + size)..];
        }

        return compressed >= 0 && length >= 0 && local >= 0 ? (compressed, length, local) : throw Error($"The zip entry {Quoted.Text(name)} has a negative size");
    }

    private static long Wide(long narrow, ref ReadOnlySpan<byte> field)
    {
        if (narrow != uint.MaxValue || field.Length < sizeof(long)) return narrow;
        long wide = Int64(field, 0);
        field = field[sizeof(long)..];
        return wide;
    }

    /// <summary>Where the content begins that belongs to the local header at a place.</summary>
    private long ContentOf(long local, string name)
    {
        var header = Bytes(local, LocalLength, "a local header");
        if (UInt32(header, 0) != LocalSignature) throw Error($"The local header of the zip entry {Quoted.Text(name)} is damaged");
        return local + LocalLength + UInt16(header, 26) + UInt16(header, 28);
    }

    private void Check(string name, Entry entry)
    {
        if (entry.Begin > _bytes.Length || entry.Compressed > _bytes.Length - entry.Begin)
            throw Error($"The zip entry {Quoted.Text(name)} would lie at bytes {entry.Begin} to {(Int128)entry.Begin + entry.Compressed} of {_bytes.Length}; the file is damaged or cut short");
        if (entry.Method is not (Stored or Deflated))
            throw Error($"The zip entry {Quoted.Text(name)} is compressed by method {entry.Method}; 0 (stored) and 8 (deflated) are read");
        if (entry.Method == Stored && entry.Length != entry.Compressed)
            throw Error($"The zip entry {Quoted.Text(name)} is stored with {entry.Compressed} bytes but declares {entry.Length}");
    }

    private void CheckOverlaps(List<(long Begin, long End, string Name)> extents)
    {
        extents.Sort();
        for (int i = 1; i < extents.Count; i++)
            if (extents[i].Begin < extents[i - 1].End)
                throw Error($"The zip entries {Quoted.Text(extents[i - 1].Name)} and {Quoted.Text(extents[i].Name)} overlap");
    }

    private byte[] Inflate(string name, Entry entry, ReadOnlyMemory<byte> content)
    {
        if (entry.Length > _inflatedBytesLeft || entry.Length > MaxDeflateRatio * (entry.Compressed + 1))
            throw Error($"The zip entry {Quoted.Text(name)} would inflate from {entry.Compressed} to {entry.Length} bytes, more than a checkpoint of {_bytes.Length} bytes may");
        _inflatedBytesLeft -= entry.Length;

        var array = MemoryMarshal.TryGetArray(content, out var segment) ? segment : content.ToArray();
        using var inflater = new DeflateStream(new MemoryStream(array.Array!, array.Offset, array.Count), CompressionMode.Decompress);
        try
        {
            byte[] inflated = new byte[entry.Length];
            int read = inflater.ReadAtLeast(inflated, inflated.Length, throwOnEndOfStream: false);
            if (read < inflated.Length || inflater.ReadByte() >= 0)
                throw Error($"The zip entry {Quoted.Text(name)} does not inflate to the {entry.Length} bytes that it declares");
            return inflated;
        }
        catch (InvalidDataException exception)
        {
            throw new CheckpointFormatException(_file, $"The zip entry {Quoted.Text(name)} is damaged.", exception);
        }
    }

    private ReadOnlySpan<byte> Bytes(long position, int length, string what) => position >= 0 && position <= _bytes.Length - length
        ? _bytes.Span.Slice((int)position, length)
        : throw Error($"The zip file ends inside {what}; it is damaged or cut short");

    private static ushort UInt16(ReadOnlySpan<byte> span, int at) => BinaryPrimitives.ReadUInt16LittleEndian(span[at..]);

    private static uint UInt32(ReadOnlySpan<byte> span, int at) => BinaryPrimitives.ReadUInt32LittleEndian(span[at..]);

    private static long Int64(ReadOnlySpan<byte> span, int at) => BinaryPrimitives.ReadInt64LittleEndian(span[at..]);

    private CheckpointFormatException Error(string problem) => new(_file, problem + ".");
}
