using System.Buffers.Binary;
using System.IO.Compression;

namespace Akimbo.Tensors.Serialization;

/// <summary>Reads the header of a MATLAB file and expands its compressed variables.</summary>
internal sealed class MatFileReader(ReadOnlyMemory<byte> bytes, string name)
{
    private const int HeaderLength = 128;
    private const int VersionOffset = 124;
    private const int Version5 = 0x0100;
    private const int Version73 = 0x0200;
    private const int LittleEndianMark = 0x4d49; // "IM" in the file
    private const int BigEndianMark = 0x494d;
    private const int TagLength = 8;
    private const int MaxDeflateRatio = 1032; // zlib cannot expand one byte to more (zlib's technical notes).

    private readonly MatArrayReader _arrays = new(name);
    private long _expanded;

    public MatFile Read()
    {
        CheckHeader(bytes.Span);
        var variables = new OrderedDictionary<string, MatValue>();
        var elements = new MatElements(bytes[HeaderLength..], name);
        while (elements.Remaining > 0)
        {
            MatElement element = elements.Next();
            if (element.Type == MatElementType.Compressed) element = new MatElements(Expand(element.Data), name).Next();
            if (element.Type != MatElementType.Matrix)
                throw Error($"A variable is an element of type {(int)element.Type}; {(int)MatElementType.Matrix} (matrix) is expected");

            MatValue value = _arrays.Read(element.Data, out string variable);
            bool isSubsystem = variable.Length == 0;
            if (!isSubsystem && !variables.TryAdd(variable, value)) throw Error($"The variable '{variable}' appears twice");
        }

        return new MatFile(name, variables);
    }

    private void CheckHeader(ReadOnlySpan<byte> file)
    {
        if (file.Length > 1 && file[1..].StartsWith("HDF\r\n"u8))
            throw Error("This is an HDF5 file; a MATLAB file of version 5 is expected");
        if (file.Length < HeaderLength)
            throw Error($"The file has {file.Length} bytes; a MATLAB file begins with a header of {HeaderLength}");

        int version = BinaryPrimitives.ReadUInt16LittleEndian(file[VersionOffset..]);
        int mark = BinaryPrimitives.ReadUInt16LittleEndian(file[(VersionOffset + 2)..]);
        if (mark == BigEndianMark)
            throw Error("This MATLAB file is big-endian, which is not read; load and save it on an Intel or ARM computer");
        if (mark != LittleEndianMark)
            throw Error($"This is no MATLAB file of version 5: it {FileKinds.Beginning(file)} and has no byte-order mark at byte {VersionOffset + 2}");
        if (version == Version73)
            throw Error("This MATLAB file is of version 7.3 (HDF5), which is not read; save it with save(..., '-v7')");
        if (version != Version5) throw Error($"This MATLAB file is of version 0x{version:x4}; 0x{Version5:x4} is expected");
    }

    // A compressed variable holds one matrix, whose tag says how long it is; so no more than that is ever expanded.
    private byte[] Expand(ReadOnlyMemory<byte> compressed)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(compressed.ToArray(), writable: false), CompressionMode.Decompress);
            byte[] tag = new byte[TagLength];
            zlib.ReadExactly(tag);
            long length = TagLength + (long)BinaryPrimitives.ReadUInt32LittleEndian(tag.AsSpan(4));
            if (length > (long)compressed.Length * MaxDeflateRatio)
                throw Error($"A compressed variable of {compressed.Length} bytes claims to expand to {length}, more than is possible");
            if ((_expanded += length) > MatFile.MaxExpandedLength)
                throw Error($"The compressed variables expand to more than {MatFile.MaxExpandedLength >> 20} MiB");

            byte[] expanded = GC.AllocateUninitializedArray<byte>((int)length);
            tag.CopyTo(expanded, 0);
            zlib.ReadExactly(expanded.AsSpan(TagLength));
            if (zlib.ReadByte() >= 0) throw Error($"A compressed variable goes on after the {length} bytes it is said to have");
            return expanded;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new CheckpointFormatException(name, $"A compressed variable is damaged: {exception.Message}", exception);
        }
    }

    private CheckpointFormatException Error(string problem) => new(name, problem + ".");
}
