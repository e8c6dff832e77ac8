namespace Akimbo.Tensors.Kernels.Normalization;

/// <summary>Where sixteen channels of all images lie in a blocked map.</summary>
/// <param name="Batch">N.</param>
/// <param name="Blocks">Blocks of channels of an image.</param>
/// <param name="Pixels">Pixels of a plane.</param>
/// <param name="Block">Which block.</param>
internal readonly record struct ChannelBlock(int Batch, int Blocks, int Pixels, int Block)
{
    /// <summary>Values of a channel.</summary>
    public int Count => Batch * Pixels;

    /// <summary>Floats of a plane.</summary>
    public int PlaneLength => Pixels * BlockedLayout.Lanes;

    /// <summary>The first float of the block in image <paramref name="n"/>.</summary>
    public int Start(int n) => (n * Blocks + Block) * PlaneLength;

    /// <summary>The block in image <paramref name="n"/>; an empty map gives an empty span.</summary>
    public ReadOnlySpan<float> Plane(ReadOnlySpan<float> map, int n) => map.IsEmpty ? map : map.Slice(Start(n), PlaneLength);

    /// <inheritdoc cref="Plane(ReadOnlySpan{float}, int)"/>
    public Span<float> Plane(Span<float> map, int n) => map.IsEmpty ? map : map.Slice(Start(n), PlaneLength);
}
