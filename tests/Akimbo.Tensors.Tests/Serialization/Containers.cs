using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Tensors.Tests.Serialization;

/// <summary>Wraps hand-written pickles in the containers of torch.save.</summary>
internal static class Containers
{
    public const string Name = "test.pt";

    public static byte[] Bytes<T>(params T[] values) where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();

    public static byte[] Zip(byte[] pickle, params (string Key, byte[] Bytes)[] storages) =>
        ZipOf([("test/data.pkl", pickle), .. storages.Select(item => ($"test/data/{item.Key}", item.Bytes)), ("test/version", "3\n"u8.ToArray())]);

    public static byte[] ZipOf(params (string Name, byte[] Bytes)[] entries) => ZipOf(CompressionLevel.NoCompression, entries);

    public static byte[] ZipOf(CompressionLevel compression, params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = archive.CreateEntry(name, compression).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Legacy(byte[] pickle, params (string Key, long Count, byte[] Bytes)[] storages)
    {
        using var stream = new MemoryStream();
        stream.Write([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.']);
        stream.Write(new PickleWriter().Int(1001).ToArray());
        stream.Write(new PickleWriter().Dict(("little_endian", w => w.Op(0x88))).ToArray());
        stream.Write(pickle);

        var keys = new PickleWriter().Op(']').Mark();
        foreach (var (key, _, _) in storages) keys.Text(key);
        stream.Write(keys.Op('e').ToArray());

        byte[] length = new byte[sizeof(long)];
        foreach (var (_, count, bytes) in storages)
        {
            BinaryPrimitives.WriteInt64LittleEndian(length, count);
            stream.Write(length);
            stream.Write(bytes);
        }

        return stream.ToArray();
    }

    /// <summary>A safetensors file with any header.</summary>
    public static byte[] Safetensors(string header, int dataLength) => Safetensors(Encoding.UTF8.GetBytes(header), dataLength);

    public static byte[] Safetensors(byte[] header, int dataLength)
    {
        byte[] length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. new byte[dataLength]];
    }

    /// <summary>The object of a zip checkpoint with the pickle that <paramref name="write"/> writes.</summary>
    public static object? Root(Action<PickleWriter> write, params (string Key, byte[] Bytes)[] storages)
    {
        var writer = new PickleWriter();
        write(writer);
        return PyTorchCheckpoint.Read(Zip(writer.ToArray(), storages), Name).Root;
    }

    /// <summary>The message of the error that such a checkpoint must give.</summary>
    public static string Error(Action<PickleWriter> write, params (string Key, byte[] Bytes)[] storages) =>
        ReadError(() => Root(write, storages));

    /// <summary>The message of the error that reading must give; it names the file.</summary>
    public static string ReadError(Action read)
    {
        string message = Assert.Throws<CheckpointFormatException>(read).Message;
        Assert.StartsWith(Name + ": ", message, StringComparison.Ordinal);
        return message;
    }
}
