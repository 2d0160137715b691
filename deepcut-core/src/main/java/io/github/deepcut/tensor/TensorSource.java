package io.github.deepcut.tensor;

import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;

/** Where the bytes of a tensor that is to be written come from. */
public sealed interface TensorSource {
  String name();

  DType dtype();

  List<Long> shape();

  /**
   * A tensor of another file, copied byte for byte whatever its type.
   *
   * @param file the file that holds it
   * @param entry one of the file's entries
   */
  record Stored(SafeTensors file, TensorEntry entry) implements TensorSource {
    public Stored {
      if (!entry.equals(file.entries().get(entry.name()))) {
        throw new IllegalArgumentException(file.path() + " does not hold " + entry);
      }
    }

    @Override
    public String name() {
      return entry.name();
    }

    @Override
    public DType dtype() {
      return entry.dtype();
    }

    @Override
    public List<Long> shape() {
      return entry.shape();
    }
  }

  /**
   * The values of a libtorch tensor, of any device and layout in memory.
   *
   * @param name the name to write
   * @param tensor the values; they are read when the file is written, and stay the caller's
   * @param dtype the type to convert them to; one that libtorch has
   */
  record Values(String name, Tensor tensor, DType dtype) implements TensorSource {
    public Values {
      if (dtype.scalarType().isEmpty()) {
        throw new IllegalArgumentException(
            "tensor " + Header.quote(name) + ": libtorch has no " + dtype + " to convert to");
      }
    }

    /** The values in their own type. */
    public static Values of(String name, Tensor tensor) {
      return new Values(name, tensor, DType.of(tensor.scalar_type()));
    }

    @Override
    public List<Long> shape() {
      return LongStream.range(0, tensor.dim()).map(tensor::size).boxed().toList();
    }
  }
}
