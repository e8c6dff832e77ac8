namespace Akimbo.Tensors.Serialization;

/// <summary>The bytes of a file, in memory or on the disk.</summary>
internal interface IFileContent
{
    /// <summary>How many there are, at most <see cref="Array.MaxLength"/>.</summary>
    int Length { get; }

    /// <summary>Some of them; a copy only where they are on the disk.</summary>
    ReadOnlyMemory<byte> Slice(int offset, int count);

    /// <summary>Copies as many as <paramref name="destination"/> holds.</summary>
    void CopyTo(int offset, Span<byte> destination);
}

/// <summary>A file that has been read.</summary>
internal sealed class FileInMemory(ReadOnlyMemory<byte> bytes) : IFileContent
{
    public int Length => bytes.Length;

    public ReadOnlyMemory<byte> Slice(int offset, int count) => bytes.Slice(offset, count);

    public void CopyTo(int offset, Span<byte> destination) => bytes.Span.Slice(offset, destination.Length).CopyTo(destination);
}
