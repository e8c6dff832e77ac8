using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Convolutions;
using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Kernels.Winograd;
using Akimbo.Testing;

namespace Akimbo.Tensors.Tests.Kernels.Convolutions;

/// <summary>One convolution with its options, and the comparison of its kernels with the definition.</summary>
internal sealed record ConvolutionCase(ConvolutionGeometry Geometry, bool HasBias, bool HasResidual, ActivationRange Range, bool BlocksInput = false, int WinogradTile = 0, bool InPlace = false, bool HasPrologue = false)
{
    private const double Tolerance = 1e-5;
    private const int Threads = 3;
    private const long SmallMultiplyAdds = 300_000;

    /// <summary>A convolution with options drawn at random.</summary>
    public static ConvolutionCase Draw(Random random, ConvolutionGeometry geometry) =>
        new(geometry, HasBias: random.Next(2) == 0, HasResidual: random.Next(3) == 0, random.Pick(Samples.Ranges));

    /// <summary>A convolution drawn again until the definition is quick to compute.</summary>
    public static ConvolutionCase DrawSmall(Random random, Func<ConvolutionGeometry> draw)
    {
        var geometry = draw();
        while (geometry.MultiplyAdds > SmallMultiplyAdds) geometry = draw();
        return Draw(random, geometry);
    }

    /// <summary>
    /// Runs the kernel of every vector width, its parts shuffled, and compares it with the definition; where an input can be read
    /// as planes, both from planes and from blocks; where Winograd's algorithm applies, by it too; where something is added, also
    /// with the output in its place; where a BatchNorm before it can be taken in, also with one.
    /// </summary>
    public void Check()
    {
        CheckPlaces();
        if (PlanarConvolution.Fits(Geometry)) (this with { BlocksInput = true }).CheckPlaces();
        if (PointwiseConvolution.Fits(Geometry)) (this with { BlocksInput = true, HasPrologue = true }).CheckPlaces();
        if (!WinogradConvolution.Fits(Geometry)) return;
        (this with { BlocksInput = true, WinogradTile = 4 }).CheckPlaces();
        (this with { BlocksInput = true, WinogradTile = 2 }).CheckPlaces();
    }

    private void CheckPlaces()
    {
        CheckLayout();
        if (HasResidual) (this with { InPlace = true }).CheckLayout();
    }

    private void CheckLayout()
    {
        var data = ConvolutionData.Draw(this, seed: 1);
        float[] expected = data.Define();
        foreach (var path in SimdPaths.Supported)
        {
            var run = new ConvolutionRun(this, data, path);
            run.RunShuffled(new Random(2));
            double error = RelativeError.Of(run.Finish(), expected);
            if (!(error <= Tolerance)) Assert.Fail($"{path}, {this}: relative error {error}.");
        }
    }

    /// <summary>The kernel that a compiled network would use.</summary>
    public ConvolutionKernel Prepare(SimdPath path, ConvolutionData data)
    {
        var g = Geometry;
        float[] weights = data.Weights, bias = data.Bias;
        if (g.Transposed)
            return new TransposedConvolution(g, TransposedConvolution.Pack(path, weights, bias, g), Threads) { Geometry = g, Range = Range };
        if (g.IsDepthwise)
            return new DepthwiseConvolution(g, path, DepthwiseConvolution.Pack(weights, g), DepthwiseConvolution.PackBias(bias, g)) { Geometry = g, Range = Range };
        if (WinogradTile > 0)
            return new WinogradConvolution(g, WinogradWeights.Pack(path, WinogradTile, weights, bias, g), Threads) { Geometry = g, Range = Range };
        if (!BlocksInput && PlanarConvolution.Fits(g))
            return new PlanarConvolution(g, PlanarConvolution.Pack(path, weights, bias, g)) { Geometry = g, Range = Range };

        var packed = GemmWeights.PackConvolution(path, weights, bias, g);
        return PointwiseConvolution.Fits(g)
            ? new PointwiseConvolution(g, packed, data.Prologue, Threads) { Geometry = g, Range = Range }
            : new DenseConvolution(g, packed, Threads) { Geometry = g, Range = Range };
    }
}
