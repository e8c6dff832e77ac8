using System.Buffers;

namespace Akimbo.Models;

/// <summary>A file within this assembly, where the loader has put it: it lives as long as the process.</summary>
internal sealed unsafe class EmbeddedFile : MemoryManager<byte>
{
    private readonly byte* _bytes;
    private readonly int _length;

    private EmbeddedFile(UnmanagedMemoryStream stream)
    {
        _bytes = stream.PositionPointer;
        _length = checked((int)stream.Length);
    }

    /// <summary>The bytes of a file, without a copy of them.</summary>
    /// <param name="name">The resource's logical name.</param>
    public static ReadOnlyMemory<byte> Read(string name)
    {
        using Stream stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)!;
        if (stream is UnmanagedMemoryStream mapped) return new EmbeddedFile(mapped).Memory;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public override Span<byte> GetSpan() => new(_bytes, _length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(_bytes + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
