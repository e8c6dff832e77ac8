using Akimbo.Tensors;

namespace Akimbo.Networks.Training.Optimizers;

/// <summary>The length of all gradients as one vector, and its limit.</summary>
public static class GradientClipping
{
    /// <summary>The Euclidean norm of the gradients of all parameters together.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="pool">The threads that share the work.</param>
    public static double GradientNorm(this IReadOnlyList<TrainedParameter> parameters, WorkerPool pool)
    {
        foreach (var parameter in parameters) parameter.ClearStaleGradient();
        var work = new SquareSums(parameters);
        pool.Run(work, parameters.Count);
        return Math.Sqrt(work.Sums.Sum());
    }

    /// <summary>
    /// Scales all gradients by the same factor where their norm exceeds a limit (<c>torch.nn.utils.clip_grad_norm_</c>):
    /// <c>limit / (norm + 1e-6)</c>.
    /// </summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="limit">The largest norm; above 0.</param>
    /// <param name="pool">The threads that share the work.</param>
    /// <returns>The norm before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not above 0.</exception>
    public static double ClipGradientNorm(this IReadOnlyList<TrainedParameter> parameters, double limit, WorkerPool pool)
    {
        if (!(limit > 0)) throw new ArgumentOutOfRangeException(nameof(limit), limit, "The limit of the gradient's norm must be above 0.");
        double norm = parameters.GradientNorm(pool), factor = limit / (norm + 1e-6);
        if (factor < 1) pool.Run(new Scaling(parameters, (float)factor), parameters.Count);
        return norm;
    }

    private sealed class SquareSums(IReadOnlyList<TrainedParameter> parameters) : IParallelWork
    {
        public double[] Sums { get; } = new double[parameters.Count];

        public void Run(int chunk, int worker)
        {
            double even = 0, odd = 0;
            ReadOnlySpan<float> gradient = parameters[chunk].GradientMemory;
            for (int i = 0; i + 1 < gradient.Length; i += 2)
            {
                even += (double)gradient[i] * gradient[i];
                odd += (double)gradient[i + 1] * gradient[i + 1];
            }

            if (gradient.Length % 2 == 1) even += (double)gradient[^1] * gradient[^1];
            Sums[chunk] = even + odd;
        }
    }

    private sealed class Scaling(IReadOnlyList<TrainedParameter> parameters, float factor) : IParallelWork
    {
        public void Run(int chunk, int worker)
        {
            foreach (ref float value in parameters[chunk].GradientMemory) value *= factor;
        }
    }
}
