using Akimbo.Networks.Inference;
using Akimbo.Networks.Operations;
using Akimbo.Networks.Training.Compilation;

namespace Akimbo.Networks.Training.Steps;

/// <summary>Brings the packed weights of all convolutions of a pass up to date.</summary>
internal sealed class RepackStep(ProgramMemory memory, IReadOnlyList<(RepackedKernel Kernel, Convolve Convolve, bool WithBias)> kernels) : Step("Weights", memory)
{
    private readonly (int Kernel, int Chunk)[] _chunks =
        [.. kernels.SelectMany((entry, index) => Enumerable.Range(0, entry.Kernel.Chunks).Select(chunk => (index, chunk)))];

    public override int Chunks => _chunks.Length;

    public override void Run(int chunk, int worker)
    {
        var (index, part) = _chunks[chunk];
        var (kernel, convolve, withBias) = kernels[index];
        kernel.Repack(convolve.Weight.Value.Span, withBias && convolve.Bias is { } bias ? bias.Value.Span : [], part);
    }
}
