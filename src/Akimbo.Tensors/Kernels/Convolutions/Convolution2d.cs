namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>
/// <c>output[n, o, y, x] = range(bias[o] + Σ_{i, ky, kx} input[n, i, y·s − p + ky, x·s − p + kx] · weights[o, i, ky, kx] + residual[n, o, y, x])</c>,
/// zeros outside the input. This file is the definition; <see cref="PointwiseConvolution"/>, <see cref="DenseConvolution"/>,
/// <see cref="DepthwiseConvolution"/> and <see cref="TransposedConvolution"/> are the fast paths.
/// </summary>
internal static class Convolution2d
{
    /// <summary>Computes the definition, term by term.</summary>
    /// <param name="geometry">The sizes; not transposed.</param>
    /// <param name="input">[N, I, H, W].</param>
    /// <param name="weights">[O, I/groups, kernelSize, kernelSize].</param>
    /// <param name="bias">[O], or empty for zeros.</param>
    /// <param name="output">[N, O, H', W'].</param>
    public static void Define(in ConvolutionGeometry geometry, ReadOnlySpan<float> input, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> output)
    {
        var g = geometry;
        int groupInputs = g.InChannels / g.Groups, groupOutputs = g.OutChannels / g.Groups, at = 0;
        for (int n = 0; n < g.Batch; n++)
            for (int o = 0; o < g.OutChannels; o++)
                for (int y = 0; y < g.OutHeight; y++)
                    for (int x = 0; x < g.OutWidth; x++)
                    {
                        double sum = bias.IsEmpty ? 0 : bias[o];
                        for (int i = 0; i < groupInputs; i++)
                        {
                            var plane = input.Slice((n * g.InChannels + o / groupOutputs * groupInputs + i) * g.InHeight * g.InWidth, g.InHeight * g.InWidth);
                            for (int ky = 0; ky < g.KernelSize; ky++)
                                for (int kx = 0; kx < g.KernelSize; kx++)
                                {
                                    int row = y * g.Stride - g.Padding + ky, column = x * g.Stride - g.Padding + kx;
                                    if ((uint)row < (uint)g.InHeight && (uint)column < (uint)g.InWidth)
                                        sum += (double)plane[row * g.InWidth + column] * weights[((o * groupInputs + i) * g.KernelSize + ky) * g.KernelSize + kx];
                                }
                        }

                        output[at++] = (float)sum;
                    }
    }

    /// <summary>Computes the transposed convolution: every input pixel adds its value times the kernel to the output.</summary>
    /// <param name="geometry">The sizes; transposed, of one group.</param>
    /// <param name="input">[N, I, H, W].</param>
    /// <param name="weights">[I, O, kernelSize, kernelSize].</param>
    /// <param name="bias">[O], or empty for zeros.</param>
    /// <param name="output">[N, O, H', W'].</param>
    public static void DefineTransposed(in ConvolutionGeometry geometry, ReadOnlySpan<float> input, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> output)
    {
        var g = geometry;
        int k = g.KernelSize, outPixels = g.OutHeight * g.OutWidth;
        var sums = new double[outPixels];
        for (int n = 0; n < g.Batch; n++)
            for (int o = 0; o < g.OutChannels; o++)
            {
                sums.AsSpan().Fill(bias.IsEmpty ? 0 : bias[o]);
                for (int i = 0; i < g.InChannels; i++)
                    for (int y = 0; y < g.InHeight; y++)
                        for (int x = 0; x < g.InWidth; x++)
                        {
                            float value = input[((n * g.InChannels + i) * g.InHeight + y) * g.InWidth + x];
                            for (int ky = 0; ky < k; ky++)
                                for (int kx = 0; kx < k; kx++)
                                {
                                    int row = y * g.Stride - g.Padding + ky, column = x * g.Stride - g.Padding + kx;
                                    if ((uint)row < (uint)g.OutHeight && (uint)column < (uint)g.OutWidth)
                                        sums[row * g.OutWidth + column] += (double)value * weights[((i * g.OutChannels + o) * k + ky) * k + kx];
                                }
                        }

                for (int p = 0; p < outPixels; p++) output[(n * g.OutChannels + o) * outPixels + p] = (float)sums[p];
            }
    }
}
