using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Winograd;

/// <summary>
/// How the work of a Winograd convolution is shared out: groups of tiles that fill the registers, blocks of groups that
/// fill the second-level cache, and panels of weights, which are split over chunks where there are too few blocks.
/// </summary>
internal readonly record struct WinogradPlan
{
    private readonly TileDivision _division;

    private WinogradPlan(TileDivision division, int blocks, int panelParts)
    {
        _division = division;
        Blocks = blocks;
        PanelParts = panelParts;
    }

    /// <summary>Tiles of a group.</summary>
    public int GroupTiles => _division.TilePixels;

    /// <summary>Groups that cover all tiles.</summary>
    public int Groups => _division.Tiles;

    /// <summary>Blocks that share the groups evenly.</summary>
    public int Blocks { get; }

    /// <summary>Chunks that share the panels of a block.</summary>
    public int PanelParts { get; }

    /// <summary>The estimated time of a call in microseconds, for choosing between algorithms.</summary>
    public double Microseconds { get; private init; }

    /// <summary>Parts that can run at the same time.</summary>
    public int Chunks => Blocks * PanelParts;

    /// <summary>Groups of the largest block.</summary>
    public int GroupsPerBlock => (Groups + Blocks - 1) / Blocks;

    /// <summary>The first tile of a group.</summary>
    public int FirstTileOf(int group) => group * GroupTiles;

    /// <summary>Places for tiles in a group: the last group may be smaller.</summary>
    public int TilesOf(int group) => _division.PlacesOf(group);

    /// <summary>The plan that is estimated to be the fastest.</summary>
    public static WinogradPlan Best(in ConvolutionGeometry geometry, SimdPath path, int tile, int threads)
    {
        var division = TileDivision.Of(path, WinogradTiles.CountOf(geometry, tile));
        int panels = GemmTiling.Panels(path, BlockedLayout.Blocks(geometry.OutChannels));
        var best = new WinogradPlan { Microseconds = double.MaxValue };
        for (int blocks = 1; blocks <= division.Tiles; blocks = NextCount(blocks, division.Tiles))
            for (int parts = 1; parts <= (threads == 1 ? 1 : panels); parts++)
            {
                var plan = new WinogradPlan(division, blocks, parts);
                double time = Estimate(plan, geometry, path, tile, threads);
                if (time < best.Microseconds) best = plan with { Microseconds = time };
            }

        return best;
    }

    private static int NextCount(int blocks, int groups)
    {
        int perBlock = (groups + blocks - 1) / blocks;
        if (perBlock == 1) return groups + 1;
        while ((groups + blocks - 1) / blocks == perBlock) blocks++;
        return blocks;
    }

    private static double Estimate(in WinogradPlan plan, in ConvolutionGeometry geometry, SimdPath path, int tile, int threads)
    {
        int points = (tile + 2) * (tile + 2), inBlocks = BlockedLayout.Blocks(geometry.InChannels), outBlocks = BlockedLayout.Blocks(geometry.OutChannels);
        double places = (double)plan.GroupsPerBlock * plan.GroupTiles, depth = inBlocks * BlockedLayout.Lanes;
        double outChannels = Math.Ceiling((double)outBlocks / plan.PanelParts) * BlockedLayout.Lanes;
        double inputs = places * points * depth * sizeof(float), weights = points * depth * outChannels * sizeof(float);
        double multiply = KernelCosts.Current.Multiply(path, 2 * places * points * depth * outChannels);
        double stream = (KernelCosts.Current.StreamCold(weights) + (weights < KernelCosts.Current.SmallBytes ? 0 : (plan.Blocks - 1) * KernelCosts.Current.Stream(weights))) / plan.Blocks;
        if (inputs > KernelCosts.Current.CacheBytes) stream += KernelCosts.Current.Stream(inputs * outChannels / (GemmTiling.PanelBlocks(path) * BlockedLayout.Lanes));
        double transforms = KernelCosts.Current.Transform(path, points, places * (inBlocks + outChannels / BlockedLayout.Lanes));
        if (inputs > KernelCosts.Current.SmallBytes) transforms *= 1.6;
        double chunk = Math.Max(multiply, stream) + KernelCosts.Current.Overlap * Math.Min(multiply, stream) + transforms + KernelCosts.Current.Chunk;
        return Math.Ceiling((double)plan.Chunks / threads) * chunk;
    }
}
