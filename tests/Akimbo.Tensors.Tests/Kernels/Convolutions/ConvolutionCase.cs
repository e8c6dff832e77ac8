using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Convolutions;
using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Kernels.Winograd;
using Akimbo.Testing;

namespace Akimbo.Tensors.Tests.Kernels.Convolutions;

/// <summary>One convolution with its options, and the comparison of its kernels with the definition.</summary>
internal sealed record ConvolutionCase(ConvolutionGeometry Geometry, bool HasBias, bool HasResidual, ActivationRange Range, bool BlocksInput = false, int WinogradTile = 0)
{
    private const double Tolerance = 1e-5;
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
    /// as planes, both from planes and from blocks; where Winograd's algorithm applies, by it too.
    /// </summary>
    public void Check()
    {
        CheckLayout();
        if (DenseConvolution.FitsPlanarInput(Geometry)) (this with { BlocksInput = true }).CheckLayout();
        if (!WinogradConvolution.Fits(Geometry)) return;
        (this with { BlocksInput = true, WinogradTile = 4 }).CheckLayout();
        (this with { BlocksInput = true, WinogradTile = 2 }).CheckLayout();
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
    public ConvolutionKernel Prepare(SimdPath path, float[] weights, float[] bias)
    {
        var g = Geometry;
        bool isPlanar = !BlocksInput && WinogradTile == 0 && DenseConvolution.FitsPlanarInput(g);
        if (g.Transposed)
            return new TransposedConvolution(g, TransposedConvolution.Pack(path, weights, bias, g)) { Geometry = g, Range = Range };
        if (g.IsDepthwise)
            return new DepthwiseConvolution(g, path, DepthwiseConvolution.Pack(weights, g), DepthwiseConvolution.PackBias(bias, g)) { Geometry = g, Range = Range };

        if (WinogradTile > 0)
            return new WinogradConvolution(g, WinogradWeights.Pack(path, WinogradTile, weights, bias, g)) { Geometry = g, Range = Range };

        return PointwiseConvolution.Fits(g)
            ? new PointwiseConvolution(g, GemmWeights.PackConvolution(path, weights, bias, g)) { Geometry = g, Range = Range }
            : new DenseConvolution(g, DenseConvolution.Pack(path, weights, bias, g, isPlanar), isPlanar) { Geometry = g, Range = Range };
    }
}
