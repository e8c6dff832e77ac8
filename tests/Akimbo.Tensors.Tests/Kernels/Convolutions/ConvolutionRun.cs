using Akimbo.Tensors.Kernels.Convolutions;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Tests.Kernels.Convolutions;

/// <summary>A kernel with guarded memory around everything it reads and writes.</summary>
internal sealed class ConvolutionRun
{
    private readonly ConvolutionCase _case;
    private readonly ConvolutionKernel _kernel;
    private readonly GuardedBuffer _input;
    private readonly GuardedBuffer? _residual;
    private readonly GuardedBuffer _output;
    private readonly int _outPixels;
    private readonly SimdPath _path;

    public ConvolutionRun(ConvolutionCase run, ConvolutionData data, SimdPath path)
    {
        var g = run.Geometry;
        _case = run;
        _path = path;
        _kernel = run.Prepare(path, data);
        _outPixels = g.OutHeight * g.OutWidth;
        _input = _kernel.ReadsPlanarInput
            ? new GuardedBuffer(data.Input)
            : Blocked.From(data.Input, g.Batch, g.InChannels, g.InHeight * g.InWidth);
        _residual = run.HasResidual ? Blocked.From(data.Residual, g.Batch, g.OutChannels, _outPixels) : null;
        _output = run.InPlace ? _residual! : Blocked.Empty(g.Batch, g.OutChannels, _outPixels);
    }

    /// <summary>Runs all parts in a random order, each with scratch memory of NaN.</summary>
    public void RunShuffled(Random random)
    {
        int[] order = [.. Enumerable.Range(0, _kernel.Chunks)];
        random.Shuffle(order);
        RunParts(order);
    }

    /// <summary>Runs all parts on several threads at the same time.</summary>
    public void RunOnThreads(int threadCount)
    {
        var threads = new Thread[threadCount];
        int next = -1;
        for (int i = 0; i < threadCount; i++) threads[i] = new Thread(() => RunParts(Claim()));
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        IEnumerable<int> Claim()
        {
            for (int chunk = Interlocked.Increment(ref next); chunk < _kernel.Chunks; chunk = Interlocked.Increment(ref next))
                yield return chunk;
        }
    }

    /// <summary>Checks that every lane of the output is finite, and what <see cref="FinishAnyValues"/> checks.</summary>
    /// <inheritdoc cref="FinishAnyValues"/>
    public float[] Finish()
    {
        foreach (float value in _output.Span)
            if (!float.IsFinite(value)) Assert.Fail($"{_path}, {_case}: an output lane holds {value}.");
        return FinishAnyValues();
    }

    /// <summary>Checks that nothing outside the output was written.</summary>
    /// <returns>The output, [N, O, H', W'].</returns>
    public float[] FinishAnyValues()
    {
        _output.AssertGuardsUntouched($"{_path}, {_case}, output");
        return Blocked.ToPlanar(_output.Span, _case.Geometry.Batch, _case.Geometry.OutChannels, _outPixels);
    }

    private void RunParts(IEnumerable<int> chunks)
    {
        var scratch = new GuardedBuffer(_kernel.ScratchLength);
        foreach (int chunk in chunks)
        {
            scratch.Span.Fill(float.NaN);
            _kernel.Run(_input.Span, _residual is null ? [] : _residual.Span, _output.Span, scratch.Span, chunk);
        }

        scratch.AssertGuardsUntouched($"{_path}, {_case}, scratch");
    }
}
