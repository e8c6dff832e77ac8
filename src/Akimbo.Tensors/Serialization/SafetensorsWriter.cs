using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Akimbo.Tensors.Serialization;

/// <summary>Writes one safetensors file.</summary>
internal sealed class SafetensorsWriter
{
    private const int Alignment = 8;

    private readonly List<Entry> _entries;
    private readonly IReadOnlyDictionary<string, string>? _metadata;

    public SafetensorsWriter(IEnumerable<Entry> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        _entries = [.. entries];
        _metadata = metadata;

        var names = new HashSet<string>(_entries.Count);
        foreach (var entry in _entries)
        {
            if (entry.Name == SafetensorsType.MetadataKey)
                throw new ArgumentException($"A tensor cannot be called {SafetensorsType.MetadataKey}; the format keeps that name for itself.");
            if (!names.Add(entry.Name))
                throw new ArgumentException($"Two tensors are called '{entry.Name}'; the names in a file must differ.");
        }
    }

    /// <summary>A tensor to write.</summary>
    public readonly record struct Entry(string Name, ElementType Type, Shape Shape, Action<Stream> Write)
    {
        public static Entry Of(KeyValuePair<string, Tensor> item) =>
            new(item.Key, ElementType.Float32, item.Value.Shape, stream => WriteBytes(stream, item.Value.Span));

        public static Entry Of(KeyValuePair<string, StoredTensor> item) =>
            new(item.Key, item.Value.Type, item.Value.Shape, stream => stream.Write(item.Value.RowMajorBytes()));

        /// <summary>Writes in parts, since a span of bytes cannot be as long as a span of floats.</summary>
        private static void WriteBytes(Stream stream, ReadOnlySpan<float> values)
        {
            const int Part = 1 << 20;
            for (; values.Length > Part; values = values[Part..]) stream.Write(MemoryMarshal.AsBytes(values[..Part]));
            stream.Write(MemoryMarshal.AsBytes(values));
        }
    }

    public void Save(string path)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                stream.Write(Header());
                foreach (var entry in _entries) entry.Write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>The header length and the header, padded with spaces so that the elements are aligned.</summary>
    private byte[] Header()
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(stackalloc byte[sizeof(long)]);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            WriteHeader(json);

        int padding = (Alignment - buffer.WrittenCount % Alignment) % Alignment;
        buffer.Write("       "u8[..padding]);

        byte[] header = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - sizeof(long));
        return header;
    }

    private void WriteHeader(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (_metadata is { Count: > 0 })
        {
            json.WriteStartObject(SafetensorsType.MetadataKey);
            foreach (var (key, value) in _metadata) json.WriteString(key, value);
            json.WriteEndObject();
        }

        long offset = 0;
        foreach (var entry in _entries)
        {
            json.WriteStartObject(entry.Name);
            json.WriteString("dtype", SafetensorsType.Format(entry.Type));
            json.WriteStartArray("shape");
            foreach (int dimension in entry.Shape) json.WriteNumberValue(dimension);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            json.WriteNumberValue(offset += entry.Shape.ElementCount * entry.Type.Size());
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
