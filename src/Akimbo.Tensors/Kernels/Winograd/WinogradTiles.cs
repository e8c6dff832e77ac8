namespace Akimbo.Tensors.Kernels.Winograd;

/// <summary>The tiles that cover the outputs of a batch, row by row.</summary>
internal readonly struct WinogradTiles
{
    private readonly (int N, int Top, int Left)[] _tiles;

    public WinogradTiles(in ConvolutionGeometry geometry, int tile)
    {
        int across = Across(geometry.OutWidth, tile), perImage = across * Across(geometry.OutHeight, tile);
        _tiles = new (int, int, int)[CountOf(geometry, tile)];
        for (int i = 0; i < _tiles.Length; i++)
        {
            var (row, column) = Math.DivRem(i % perImage, across);
            _tiles[i] = (i / perImage, row * tile, column * tile);
        }
    }

    /// <summary>Tiles of the whole batch.</summary>
    public int Count => _tiles.Length;

    /// <summary>Tiles of m×m outputs that cover a convolution's.</summary>
    public static int CountOf(in ConvolutionGeometry geometry, int tile) =>
        geometry.Batch * Across(geometry.OutWidth, tile) * Across(geometry.OutHeight, tile);

    /// <summary>The image and the top-left output of a tile; places behind the last tile repeat it.</summary>
    public (int N, int Top, int Left) Locate(int index) => _tiles[Math.Min(index, _tiles.Length - 1)];

    private static int Across(int length, int tile) => (length + tile - 1) / tile;
}
