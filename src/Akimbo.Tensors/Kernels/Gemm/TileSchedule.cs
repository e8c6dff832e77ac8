namespace Akimbo.Tensors.Kernels.Gemm;

/// <summary>
/// How the tiles of an output are shared out: groups of neighbouring tiles whose input stays in the second-level cache
/// while the panels of weights pass over it; where there are too few groups to keep threads busy, the panels are split too.
/// </summary>
internal readonly struct TileSchedule
{
    private const int GroupInputBytes = 192 * 1024;
    private const int ChunksPerThread = 4;
    private const double ChunkMicroseconds = 10;
    private readonly int _batch;
    private readonly int _pixels;
    private readonly TileDivision _division;
    private readonly int _tilesPerGroup;
    private readonly int _groups;
    private readonly int _panels;
    private readonly int _panelGroups;

    /// <summary>Plans the tiles of <paramref name="batch"/> planes of <paramref name="pixels"/> pixels.</summary>
    public TileSchedule(int batch, int pixels, GemmWeights weights, int threads)
    {
        _batch = batch;
        _pixels = pixels;
        _division = TileDivision.Of(weights.Path, pixels);
        _panels = weights.Panels;
        int tiles = Math.Max(1, _division.Tiles), tileBytes = Math.Max(1, TilePixels * weights.Depth * sizeof(float));
        int groups = (tiles + Math.Max(1, GroupInputBytes / tileBytes) - 1) / Math.Max(1, GroupInputBytes / tileBytes);
        double work = KernelCosts.Current.Multiply(weights.Path, 2.0 * batch * pixels * weights.Depth * weights.OutBlocks * BlockedLayout.Lanes);
        int wanted = threads == 1 ? 1 : (int)Math.Clamp(work / ChunkMicroseconds, threads, ChunksPerThread * threads);
        int more = (wanted + batch * groups - 1) / Math.Max(1, batch * groups);
        long weightBytes = (long)weights.Depth * weights.OutBlocks * BlockedLayout.Lanes * sizeof(float);
        _panelGroups = weightBytes > (long)tiles * tileBytes ? Math.Min(more, _panels) : 1;
        groups = Math.Min(tiles, groups * ((more + _panelGroups - 1) / _panelGroups));
        _tilesPerGroup = (tiles + groups - 1) / groups;
        _groups = (_division.Tiles + _tilesPerGroup - 1) / _tilesPerGroup;
        if (_panelGroups == 1) _panelGroups = Math.Clamp(wanted / Math.Max(1, batch * _groups), 1, _panels);
    }

    /// <summary>Parts that can run at the same time.</summary>
    public int Chunks => _batch * _groups * _panelGroups;

    /// <summary>The largest number of tiles in a part.</summary>
    public int TilesPerGroup => _tilesPerGroup;

    /// <summary>What a part computes.</summary>
    public TileChunk Locate(int chunk)
    {
        var (rest, panelGroup) = Math.DivRem(chunk, _panelGroups);
        var (n, group) = Math.DivRem(rest, _groups);
        return new TileChunk(n, group * _tilesPerGroup, Math.Min(_division.Tiles, (group + 1) * _tilesPerGroup),
            panelGroup * _panels / _panelGroups, (panelGroup + 1) * _panels / _panelGroups);
    }

    /// <summary>Places of the largest tile.</summary>
    public int TilePixels => _division.TilePixels;

    /// <summary>The first pixel of <paramref name="tile"/>.</summary>
    public int FirstPixel(int tile) => tile * TilePixels;

    /// <summary>Places of <paramref name="tile"/>: one of the sizes that a tile can have.</summary>
    public int PlacesOf(int tile) => _division.PlacesOf(tile);

    /// <summary>Pixels of <paramref name="tile"/>, at most its places.</summary>
    public int PixelsOf(int tile) => Math.Min(PlacesOf(tile), _pixels - FirstPixel(tile));
}

/// <summary>Image N, tiles from FirstTile up to EndTile, panels of weights from FirstPanel up to EndPanel.</summary>
internal readonly record struct TileChunk(int N, int FirstTile, int EndTile, int FirstPanel, int EndPanel);
