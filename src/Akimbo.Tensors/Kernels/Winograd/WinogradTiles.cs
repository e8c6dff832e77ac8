namespace Akimbo.Tensors.Kernels.Winograd;

/// <summary>The tiles that cover the outputs of a batch, row by row.</summary>
internal readonly struct WinogradTiles(in ConvolutionGeometry geometry, int tile)
{
    private readonly int _tile = tile;
    private readonly int _across = (geometry.OutWidth + tile - 1) / tile;
    private readonly int _perImage = ((geometry.OutWidth + tile - 1) / tile) * ((geometry.OutHeight + tile - 1) / tile);

    /// <summary>Tiles of the whole batch.</summary>
    public int Count { get; } = geometry.Batch * ((geometry.OutWidth + tile - 1) / tile) * ((geometry.OutHeight + tile - 1) / tile);

    /// <summary>The image and the top-left output of a tile; places behind the last tile repeat it.</summary>
    public (int N, int Top, int Left) Locate(int index)
    {
        var (n, inImage) = Math.DivRem(Math.Min(index, Count - 1), _perImage);
        var (row, column) = Math.DivRem(inImage, _across);
        return (n, row * _tile, column * _tile);
    }
}
